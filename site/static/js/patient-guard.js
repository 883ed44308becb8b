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
  record_number: all("\\b(?:mrn|ssn|id|record|chart|security|expediente|historia cl[ií]nica|social|p[oó]liza|account|member|policy|case|claim|card|medicare"
    + "|medicaid|insurance|patient|authorization|reference|cuenta|reclamaci[oó]n|receta|autorizaci[oó]n|folio|caso)\\b"
    + "(?:[ ,:(#]{1,2}(?:cl[ií]nic[oa]|number|no\\.?|n[uú]m(?:ero|\\.)|n\\.?º|id|is|es|de|la)){0,3}[ ,:(#]{1,3}(?=[a-z-]{0,6}\\d)(?!(?:19|20)\\d\\d\\b)[a-z\\d/-]{4,25}(?![\\w,])",
    "(?<![\\w-])\\d{3}-\\d\\d-\\d{4}\\b"),
  phone: all("(?<![\\w.$/-])(?!.?.?.?8(?:00|[3-8]{2}))(?:\\+?1[ .-]?)?(?:\\(\\d{3}\\) ?|\\d{3}[ .-])\\d{3}[ .-]\\d{4}(?![\\w-])", "\\+\\d[\\d ().-]{7,18}\\d",
    "(?<=(?:call|cell|phone|tel|text|reach|number|llam|marqu|at|al|el)\\D{1,9})(?:\\d{3}-?\\d{4}|[2-9]\\d{9})(?![\\w-])"),
  email: all("[\\w.+-]{1,64}@[\\w.-]{1,60}\\.\\w\\w+", "[\\w.+-]{1,64} \\(?(?:at|arroba)\\)? [\\w-]{1,60}(?: \\(?(?:dot|punto)\\)? [a-z]{2,20}){1,3}"),
  street_address: cased(`(?<![\\w.$/#-])\\d{1,6},? (?:(?:${CAP}|[NSEW]\\.|\\d+th) ){1,3}(?:St|Ave|Rd|Dr|Ln|Lane|Blvd|Court|Ct|Place|Terrace|Way|Circle|Square|Street|Avenue|Road|Drive)\\b`,
    "\\bP\\. ?O\\. Box \\d+", `(?:\\b(?:[Cc]alle|[Aa]v(?:enid|d)a\\.?|[Pp]aseo|[Pp]laza)|C/) (?:(?:del? |la |los )*${CAP},? ){1,4}(?:n(?:[uú]m(?:ero|\\.)|º) )?\\d{1,5}\\b`),
  age_over_89: all(`(?<![\\w.,/$-])${OLD}[ -]y(?:ea)?rs?[ -](?:old|of age)${COUNT}`,
    `\\b(?:aged?|turn(?:s|ed)|(?:she|he|mother|father|neighbor|patient)(?: is|,)|(?:wo)?man of|a sus) ${OLD}${END}${COUNT}`,
    `(?<!hace (?:más de )?)${OLD} años${COUNT}`),
};
const DATE = all(`\\b${MONTH} (?:the )?${DAY}(?:st|nd|rd|th)?${YEAR}`, `(?<![\\w.,/$-])${DAY}(?:st|nd|rd|th|\\.?º)?(?: of| de)? ${MONTH}${YEAR}`,
  `(?<![\\w.,/$-])(?:(?:19|20)\\d\\d([/.-])\\d\\d?\\1\\d\\d?|\\d\\d?([/.-])\\d\\d?\\2(?:19|20)?\\d\\d)${END}`);
const CARE = any("(?:re)?admi[ts]|hospital|oper|surg|diagn|emerg|ER\\b|ICU|biops|chemo|quimio|transpl|di[aá]lisis|dialysis|stroke|overdos|die[ds]|dea|deliver|born|birth|cl[ií]nic"
  + "|seen|saw|visit|discharg|coded|appoint|pregnan|seizure|scan|shift|treat|ingres|cirug|urgenc|fallec|muri|naci|parto|traspl|consult|alta|derrame|atend|guardia|embaraz"
  + "|infus|wait|lost|perdi|sobred|abort|ambul|intub");
const LAW = any("hearing|vot|bill|session of|committee|testif|senat|congress|legisl|governor|amend|effect|deadline|meeting|law|act\\b|signed|audiencia|comi[st]|proyecto|gobern|vigor|plazo|ley (?:de|\\d)");
const NAME = cased(`(?:\\b(?:Mr|Ms|Mrs|Sra?|[Dd]oña|Dra?|Sen\\w*|Rep\\w*|Gov\\w*|Gobern\\w+|Judge)\\.? )?(?<![\\w'-])${CAP}(?: (?:(?:de |del |la )*${CAP}|[A-Z]\\.)){0,3}`);
const NOT_NAME = any(`${MONTH}|medic|health|hospital|society|house|cent[er]|cl[ií]nic|assoc|county|city|street|avenue|road|state|unit|program|ley|act\\b|salud|calle|disease|insur`);
const PATIENT = /\b(?:patient|paciente|mother|father|son|daughter|wife|husband|madre|padre|hij[oa]|espos[oa]),? $/i;
const RARE = any("rare|cystic|fibrosis|huntington|ALS\\b|ELA\\b|duchenne|fabry|gaucher|pompe|ha?emophil|hemofil|sickle|rett|m[iy]asth?en|SMA\\b|spinal m|porph?[iy]r|es?cleroder");
const SMALL = all("\\b(?:town|village|island|county|pueblo|isla|municipio|pop\\.|population) (?:(?:of|de) )?(?:\\w+ )?\\d{1,3}(?:[.,]?\\d{3})?\\b(?![.,]\\d)",
  "\\b(?:our|my|her|mi|nuestr[oa]|tiny) (?:(?:small|rural|peque[nñ][oa]) )?(?:town|village|island|pueblo|isla)", "\\b(?:the (?:only|lone)|(?:el|la) [uú]nic[oa]) \\w+(?: [^\\s.]+){0,4} (?:in|on|en|del?) \\w+");

export function findings(text) {
  const found = Object.entries(SHAPES).flatMap(([kind, pattern]) => told(kind, text.matchAll(pattern)));
  return found.concat(text.split(/(?<=[.!?]["”)]? )(?<!\b(?:Mrs?|Dra?|Sra?|[A-Z]\w{0,2})\. )|\n+/).flatMap(inSentence));
}

const told = (kind, matches) => [...matches].map((match) => ({ kind, quoted: match[0].trim() }));

function inSentence(text) {
  const found = RARE.test(text) ? told("small_place_rare_condition", text.matchAll(SMALL)) : [];
  const dates = [...text.matchAll(DATE)];
  if (!dates.length) return found;
  const isLaw = LAW.test(text);
  const names = [...text.matchAll(NAME)].filter(({ 0: name, index }) => {
    const before = text.slice(Math.max(0, index - 20), index);
    if (NOT_NAME.test(name) || /^(?:Dr|Sen|Rep|Go[bv]|Judge)/.test(name)) return false;
    return /^(?:M[rs]+\b|Sr|doña)/i.test(name) || PATIENT.test(before) || (!isLaw && name.includes(" ") && !/\b(?:in|at|the|en|from|of|del?|la|el) $/i.test(before));
  });
  return found.concat(told("care_date", CARE.test(text) && !isLaw ? dates : []), told("name_date", names));
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

globalThis.customElements?.define("patient-note", class extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.dataset.field);
    // The server finds more: what it said stands as long as the words do.
    this.lines = new Map([...this.querySelectorAll("li")].map((line) => [line.querySelector("q").textContent, line]));
    field?.addEventListener("input", () => {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.show(field.value), 900);
    });
  }

  show(text) {
    const { advice, heading, known, seen } = this.dataset;
    const words = JSON.parse(advice);
    for (const { kind, quoted } of findings(text)) {
      if (this.lines.size > 40 || known.toLowerCase().includes(quoted.toLowerCase()) || [...this.lines.keys()].some((said) => said.includes(quoted))) continue;
      const input = element("input");
      Object.assign(input, { type: "hidden", name: seen, value: `${kind}:${quoted}` });
      this.lines.set(quoted, element("li", element("q", quoted), `: ${words[kind]}`, input));
    }
    const shown = [...this.lines].filter(([quoted]) => text.includes(quoted)).map(([, line]) => line).slice(0, 12);
    // What has been said is not said again while somebody types on.
    const key = shown.map((line) => line.textContent).join();
    if (key === this.told) return;
    this.told = key;
    const title = element("p", heading);
    title.className = "notification__heading";
    const box = element("div", title, element("ul", ...shown));
    box.className = "notification notification--warning";
    this.firstElementChild.replaceChildren(...(shown.length ? [box] : []));
  }
});
