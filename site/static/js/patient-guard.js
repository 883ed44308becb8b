// Tells while somebody types what may identify a patient: the plainer part of campaigns/engine/patient_guard.py.

const MONTH = "(?:(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber|(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec)\\b\\.?"
  + "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|(?:nov|dic)iembre)";
const DAY = "(?:3[01]|[12]\\d|0?[1-9])";
const END = "(?![\\w%/-]|[.,:]\\d)";
const YEAR = `(?:,? (?:del? )?(?:19|20)\\d\\d)?${END}`;
const OLD = "(?:9\\d|1[01]\\d|ninety(?:-\\w+)?|noventa(?: y \\w+)?|cien)";
const COUNT = "(?! ?%| (?:percent|miles|people|minutes|days|(?:and|or) o\\w+er|o más|de (?!edad)))";
const CAP = "[A-ZÁÉÍÓÚÑ][\\wáéíóúñ'’-]+";
const all = (...patterns) => new RegExp(patterns.join("|"), "gi");
const cased = (...patterns) => new RegExp(patterns.join("|"), "g");
const any = (words) => new RegExp(`(?<![\\wáéíóúñ])(?:${words})`, "i");

const SHAPES = {
  record_number: all("\\b(?:mrn|ssn|id|record|chart|security|expediente|cl[ií]nica|social|p[oó]liza|account|member|policy|case|claim|card|medicare|authorization|cuenta|receta|folio)\\b"
    + "(?:[ ,:(#]{1,2}(?:cl[ií]nico|number|no\\.?|n[uú]m(?:ero|\\.)|n\\.?º|id|is|es|de|la)){0,3}[ ,:(#]{1,3}(?=[a-z-]{0,6}\\d)(?!(?:19|20)\\d\\d\\b)[a-z\\d/-]{4,25}(?![\\w,])",
    "(?<![\\w-])\\d{3}-\\d\\d-\\d{4}\\b"),
  phone: all("(?<![\\w.$/-])(?!.?.?.?8(?:00|[3-8]{2}))(?:\\+?1[ .-]?)?(?:\\(\\d{3}\\) ?|\\d{3}[ .-])\\d{3}[ .-]\\d{4}(?![\\w-])", "\\+\\d[\\d ().-]{7,18}\\d",
    "(?<=(?:call|cell|phone|tel|text|reach|llam|marqu|at|al|el)\\D{1,9})(?:\\d{3}-?\\d{4}|[2-9]\\d{9})(?![\\w-])"),
  email: all("[\\w.+-]{1,64}@[\\w.-]{1,60}\\.\\w\\w+", "[\\w.+-]{1,64} (?:at|arroba) [\\w-]{1,60}(?: (?:dot|punto) [a-z]{2,20}){1,3}"),
  street_address: cased(`(?<![\\w.$/#-])\\d{1,6},? (?:(?:${CAP}|[NSEW]\\.|\\d+th) ){1,3}(?:St|Ave|Rd|Dr|Ln|Lane|Blvd|Ct|Court|Place|Way|Circle|Square|Street|Avenue|Road|Drive)\\b`,
    "\\bP\\. ?O\\. Box \\d+", `(?:\\b(?:[Cc]alle|[Aa]v(?:enid|d)a\\.?|[Pp]laza)|C/) (?:(?:del? |la |los )*${CAP},? ){1,4}\\d{1,5}\\b`),
  age_over_89: all(`(?<![\\w.,/$-])${OLD}[ -]y(?:ea)?rs?[ -](?:old|of age)${COUNT}`,
    `\\b(?:aged?|turn(?:s|ed)|(?:she|he|mother|father|neighbor|patient)(?: is|,)|man of|a sus) ${OLD}${END}${COUNT}`, `(?<!hace (?:más de )?)${OLD} años${COUNT}`),
};
const DATE = all(`\\b${MONTH} ${DAY}(?:st|nd|rd|th)?${YEAR}`, `(?<![\\w.,/$-])${DAY}(?:st|nd|rd|th|\\.?º)?(?: of| de)? ${MONTH}${YEAR}`,
  `(?<![\\w.,/$-])(?:(?:19|20)\\d\\d([/.-])\\d\\d?\\1\\d\\d?|\\d\\d?([/.-])\\d\\d?\\2(?:19|20)?\\d\\d)${END}`);
const CARE = any("(?:re)?admi[ts]|hospital|oper|surg|diagn|emerg|ER\\b|ICU|biops|chemo|quimio|transpl|di[aá]lisis|dialysis|stroke|overdos|die[ds]|dea|deliver|born|birth|cl[ií]nic"
  + "|seen|saw|visit|discharg|coded|appoint|pregnan|shift|treat|ingres|cirug|urgenc|fallec|muri|naci|parto|traspl|consult|alta|derrame|atend|guardia|wait|lost|perdi|sobred|abort|ambul");
const LAW = any("hearing|vot|bill|session of|committee|testif|senat|congress|legisl|governor|amend|effect|deadline|meeting|law|act\\b|signed|audiencia|comi[st]|proyecto|gobern|vigor|plazo|ley (?:de|\\d)");
const NAME = cased(`(?:\\b(?:Mr|Ms|Mrs|Sra?|[Dd]oña|Dra?|Sen\\w*|Rep\\w*|Go[bv]\\w*|Judge)\\.? )?(?<![\\w'-])${CAP}(?: (?:(?:de |del |la )*${CAP}|[A-Z]\\.)){0,3}`);
const NOT_NAME = any(`${MONTH}|medic|health|hospital|society|house|cent[er]|cl[ií]nic|assoc|county|city|street|avenue|road|state|unit|program|ley|act\\b|calle|insur`);
const PATIENT = /\b(?:patient|paciente|mother|father|son|daughter|wife|husband|madre|padre|hij[oa]),? $/i;
const RARE = any("rare|cystic|fibrosis|huntington|ALS\\b|ELA\\b|duchenne|fabry|gaucher|pompe|ha?emophil|hemofil|rett|m[iy]asth?en|SMA\\b|porph?[iy]r|es?cleroder");
const SMALL = all("\\b(?:town|village|island|county|pueblo|isla) (?:of|de) (?:\\w+ )?\\d{1,3}(?:[.,]?\\d{3})?\\b",
  "\\b(?:our|my|her|mi|nuestr[oa]) (?:(?:small|rural|peque[nñ][oa]) )?(?:town|village|island|pueblo|isla)", "\\b(?:the only|(?:el|la) [uú]nic[oa]) \\w+(?: [^\\s.]+){0,4} (?:in|on|en|del?) \\w+");

const told = (kind, matches) => [...matches].map((match) => ({ kind, quoted: match[0].trim() }));

export function findings(text) {
  const found = Object.entries(SHAPES).flatMap(([kind, pattern]) => told(kind, text.matchAll(pattern)));
  return found.concat(text.split(/(?<=[.!?]["”)]? )(?<!\b(?:Mrs?|Dra?|Sra?|[A-Z]\w{0,2})\. )|\n+/).flatMap(inSentence));
}

function inSentence(text) {
  const found = RARE.test(text) ? told("small_place_rare_condition", text.matchAll(SMALL)) : [];
  const dates = [...text.matchAll(DATE)];
  if (!dates.length) return found;
  const isLaw = LAW.test(text);
  const names = [...text.matchAll(NAME)].filter(({ 0: name, index }) => {
    const before = text.slice(Math.max(0, index - 20), index);
    if (NOT_NAME.test(name) || /^(?:Dr|Sen|Rep|Go|Judge)/.test(name)) return false;
    return /^(?:M[rs]+\b|Sr|doña)/i.test(name) || PATIENT.test(before) || (!isLaw && name.includes(" ") && !/\b(?:in|at|the|en|from|of|del?|la|el) $/i.test(before));
  });
  return found.concat(told("care_date", CARE.test(text) && !isLaw ? dates : []), told("name_date", names));
}

function element(name, className, ...children) {
  const made = Object.assign(document.createElement(name), { className });
  made.append(...children);
  return made;
}

globalThis.customElements?.define("patient-note", class extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.dataset.field);
    // The server finds more: what it said stands as long as the words do.
    this.lines = new Map([...this.querySelectorAll("li")].map((line) => [line.firstChild.textContent, line]));
    field?.addEventListener("input", () => {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.show(field.value), 900);
    });
  }

  show(text) {
    const { advice, heading, known, seen } = this.dataset;
    for (const { kind, quoted } of findings(text)) {
      if (this.lines.size > 40 || known.includes(quoted) || [...this.lines.keys()].some((said) => said.includes(quoted))) continue;
      const input = Object.assign(element("input", ""), { type: "hidden", name: seen, value: `${kind}:${quoted}` });
      this.lines.set(quoted, element("li", "", element("q", "", quoted), `: ${JSON.parse(advice)[kind]}`, input));
    }
    const shown = [...this.lines].filter(([quoted]) => text.includes(quoted)).map(([, line]) => line).slice(0, 12);
    // What has been said is not said again while somebody types on.
    if (this.told === (this.told = shown.map((line) => line.textContent).join())) return;
    const box = element("div", "notification notification--warning", element("p", "notification__heading", heading), element("ul", "", ...shown));
    this.firstElementChild.replaceChildren(...(shown.length ? [box] : []));
  }
});
