// Reads a text for what may identify a patient as campaigns/engine/patient_guard.py does, by the same rules
// (patient-guard-rules.json). Loaded only when somebody begins to write.

const OTHER = "\u00a4";
const isSmall = (text) => /^[a-z]/.test(text);
const isCapital = (text) => /^[A-Z]/.test(text);
const lower = (text) => text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
const whole = (pattern) => new RegExp(pattern, "g");

// --- The text in ASCII letters, as patient_guard_plain.py makes it -------------------------------------

function asLetter(character) {
    if (character <= "\x7f") return character;
    if (/[\p{Lu}\p{Lt}]/u.test(character)) return "X";
    if (/\p{L}/u.test(character)) return "x";
    if (!/\p{Nd}/u.test(character)) return OTHER;
    // Digits of a script follow one another.
    let value = 0;
    for (let code = character.codePointAt(0); /\p{Nd}/u.test(String.fromCodePoint(code - 1)); code -= 1) value += 1;
    return String(value % 10);
}

function asPlain(character) {
    if (character <= "\x7f") return character;
    if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return "";
    if (/\p{Pd}/u.test(character)) return "-";
    if (/[\p{Pi}\p{Pf}´ˈ′]/u.test(character)) return "“”„«»".includes(character) ? '"' : "'";
    if (/[\p{Zl}\p{Zp}]/u.test(character)) return "\n";
    const parts = [...character.normalize("NFKD")].filter((part) => !/\p{M}/u.test(part));
    return parts.length < 1 || parts.length > 3 ? asLetter(character) : parts.map(asLetter).join("");
}

function plainText(text) {
    const places = [];
    let plain = "";
    let place = 0;
    for (const character of text) {
        const instead = asPlain(character);
        for (let step = 0; step < instead.length; step += 1) places.push(place);
        plain += instead;
        place += character.length;
    }
    places.push(text.length);
    return { text, plain, low: lower(plain), places };
}

function quoted({ text, places }, start, end) {
    // The accent that is a character of its own belongs to the letter before it.
    let last = places[end - 1] + String.fromCodePoint(text.codePointAt(places[end - 1])).length;
    while (last < text.length && /^\p{M}/u.test(text.slice(last))) last += 1;
    return text.slice(places[start], last);
}

// --- Rules, as patient_guard_rules.py tries them ------------------------------------------------------

function rulesOf(told) {
    const byWord = new Map();
    const anywhere = [];
    told.forEach((rule) => {
        const compiled = { ...rule, pattern: new RegExp(rule.pattern, rule.anywhere ? "gd" : "yd") };
        for (const name of ["before", "not_before", "before_as_written", "near"]) if (rule[name]) compiled[name] = new RegExp(rule[name]);
        if (rule.not_after) compiled.not_after = new RegExp(rule.not_after, "y");
        if (rule.without) compiled.without = new Set(rule.without);
        if (rule.anywhere) anywhere.push(compiled);
        for (const word of rule.words ?? []) byWord.set(word, [...(byWord.get(word) ?? []), compiled]);
    });
    const prefixes = [...new Set([...byWord.keys()].filter((word) => word.endsWith("*")).map((word) => word.length - 1))];
    return { byWord, anywhere, prefixes };
}

function beginningWith({ byWord, prefixes }, word) {
    const digits = /^\d*/.exec(word)[0].length;
    if (digits) return byWord.get("#".repeat(digits) + (digits < word.length ? "+" : "")) ?? [];
    const open = prefixes.filter((length) => length <= word.length).flatMap((length) => byWord.get(`${word.slice(0, length)}*`) ?? []);
    return [...new Set([...(byWord.get(word) ?? []), ...open])];
}

function* placesOf(rules, plain, low, data) {
    for (const rule of rules.anywhere) {
        for (const match of low.includes(rule.anywhere) ? low.matchAll(rule.pattern) : []) yield* judged(rule, match, plain, low, data);
    }
    const tried = new Map();
    const reached = new Map();
    for (const { 0: word, index } of low.matchAll(/\w+/g)) {
        if (!tried.has(word)) tried.set(word, beginningWith(rules, word));
        for (const rule of tried.get(word)) {
            if (index < (reached.get(rule) ?? 0)) continue;
            rule.pattern.lastIndex = index;
            const match = rule.pattern.exec(low);
            for (const place of match ? judged(rule, match, plain, low, data) : []) {
                reached.set(rule, place[2]);
                yield place;
            }
        }
    }
}

function* judged(rule, match, plain, low, { around, words: { particles } }) {
    const [begin, finish] = [match.index, match.index + match[0].length];
    const group = (name) => (name ? match.groups?.[name] : undefined);
    let [start, end] = group(rule.marked) === undefined ? [begin, finish] : match.indices.groups[rule.marked];
    if (rule.not_after) {
        rule.not_after.lastIndex = finish;
        if (rule.not_after.test(low)) return;
    }
    const first = Math.max(0, begin - (rule.reach ?? around));
    if (rule.not_before?.test(low.slice(first, begin))) return;
    for (const [pattern, text] of [[rule.before_as_written, plain], [rule.before, low]]) {
        const before = pattern?.exec(text.slice(first, begin));
        if (pattern && !before) return;
        if (pattern && rule.from_before) start = first + before.index;
    }
    if (rule.near && !rule.near.test(low.slice(Math.max(0, begin - around), finish + around))) return;
    if (rule.without && (group("words") ?? "").split(/[\s,]+/).some((word) => rule.without.has(word))) return;
    if (rule.digits && (group("token") ?? "").replace(/\D/g, "").length < rule.digits) return;
    if (rule.at_most && Number(group("count").replace(/\D/g, "")) > rule.at_most) return;
    if (group(rule.capitals) !== undefined) {
        const spelled = plain.slice(...match.indices.groups[rule.capitals]).split(/[\s,]+/);
        if (spelled.some((word) => isSmall(word) && !particles.has(word))) return;
    }
    if (group(rule.name) !== undefined) {
        const span = match.indices.groups[rule.name];
        const [one, ...rest] = plain.slice(...span).split(" ");
        if (!isCapital(one) && plain.slice(0, finish) !== low.slice(0, finish)) return;
        end = isCapital(one) && isCapital(rest.join(" ")) ? span[1] : span[0] + one.length;
    }
    while (start && (rule.leading ?? "").includes(low[start - 1])) start -= 1;
    yield [rule.sign, start, end];
}

// --- Sentences, as patient_guard_sentences.py cuts them -----------------------------------------------

function sentences(plain, { patterns, words: { abbreviations }, longest, wrapped }) {
    const found = [];
    let [start, line] = [0, 0];
    const add = (end) => {
        for (let begin = start; begin < end; begin += longest) found.push([begin, Math.min(begin + longest, end)]);
        start = end;
    };
    for (const { 0: end, index } of plain.matchAll(patterns.end)) {
        const after = index + end.length;
        const following = plain.slice(after, after + 1);
        const word = lower(patterns.last_word.exec(plain.slice(Math.max(0, index - 12), index))?.[0] ?? "");
        const isLine = index - line < wrapped || ["", "\n", "\r", "-", "*", OTHER].includes(following);
        const isCut = !end.startsWith(".") || end.startsWith("..") || end.split("\n").length > 2;
        const isSentence = isCut || !(abbreviations.has(word) || /^[a-z]$/.test(word) || isSmall(following));
        if (end.includes("\n")) line = after;
        const isLabelled = lower(plain.slice(start, start + 20)).search(patterns.label) === 0;
        if (end === "\n" ? isLine : isSentence && !isLabelled) add(after);
    }
    add(Math.max(plain.length, start + 1));
    return found;
}

// --- Names, as patient_guard_names.py tells them from other words -------------------------------------

function* names(plain, low, of, { patterns, words }) {
    const shouted = plain.toUpperCase() === plain;
    for (const { 0: run, index } of plain.matchAll(patterns.run)) {
        for (let [start, end, courtesy] of segments(low.slice(index, index + run.length), index, patterns, words)) {
            const small = patterns.small_courtesy.exec(low.slice(Math.max(0, start - 10), start));
            if (small && !courtesy) [start, courtesy] = [start - small[0].length, true];
            if (isName(plain, low, start, end, { ...of, courtesy, shouted }, patterns, words)) yield [start, end];
        }
    }
    for (const { 0: word, index } of plain === low && of.care && of.day ? low.matchAll(patterns.word) : []) {
        if (words.given.has(word) && !words.also_words.has(word)) yield [index, index + word.length];
    }
    for (const match of low.matchAll(patterns.lower_cued)) {
        const [first, second] = match[1].split(" ");
        const start = match.index + match[0].length - match[1].length;
        const end = start + match[1].length;
        if (!words.given.has(first) || plain.slice(start, end) !== match[1]) continue;
        yield [start, words.given.has(second) || !second ? end : start + first.length];
    }
}

function* segments(run, offset, patterns, words) {
    let [start, end, courtesy] = [-1, -1, false];
    for (const { 0: word, index } of run.matchAll(patterns.word)) {
        const [first, last] = [offset + index, offset + index + word.length];
        if (words.courtesies.has(word) || words.not_in_names.has(word)) {
            if (start >= 0) yield [start, end, courtesy];
            courtesy = words.courtesies.has(word);
            [start, end] = courtesy ? [first, last] : [-1, -1];
        } else if (start >= 0 || !words.particles.has(word)) {
            [start, end] = [start < 0 ? first : start, last];
        }
    }
    if (start >= 0) yield [start, end, courtesy];
}

function isName(plain, low, start, end, { care, legislation, day, courtesy, shouted }, patterns, words) {
    const all = [...low.slice(start, end).matchAll(patterns.word)].map(([word]) => word.replace(patterns.possessive, ""));
    const parts = all.slice(courtesy ? 1 : 0).filter((part) => !words.particles.has(part));
    if (!parts.length || parts.some((part) => words.not_names.has(part))) return false;
    const [before, after] = [low.slice(Math.max(0, start - 40), start), low.slice(end, end + 30)];
    const previous = patterns.word_before.exec(before)?.[1] ?? "";
    const follows = (pattern) => after.search(pattern) === 0;
    if (words.titles.has(previous) || follows(patterns.credentials) || follows(patterns.eponym)) return false;
    const given = words.given.has(parts[0]);
    if (shouted && !given) return false;
    const ofLaws = legislation && !care;
    const isPlace = parts.some((part) => words.places.has(part));
    const toPlace = words.to_places.has(previous);
    if (given && !ofLaws && (parts.length > 1 || (care && day && !toPlace))) return true;
    const isPerson = follows(patterns.of_person) && parts.length > 1 && !isPlace;
    if (courtesy || patterns.cue.test(before.slice(-30)) || isPerson) return given || parts[0].length > 1;
    if (ofLaws || given || parts.length < 2 || parts[0].length < 2 || !day) return false;
    const written = plain.slice(start, end).split(/\s+/);
    const isShouted = (word) => /[A-Z]/.test(word) && word === word.toUpperCase();
    return !isShouted(written[0]) && !isShouted(written.at(-1)) && !toPlace && !isPlace;
}

// --- All of it, as patient_guard.py puts it together --------------------------------------------------

function* inSentence(plain, low, places, data) {
    const of = (sign) => places.filter(([found]) => found === sign).map(([, start, end]) => [start, end]);
    const small = of("small_place");
    const isRare = small.length > 0 && data.patterns.person.test(low) && !placesOf(data.places, plain, low, data).next().done;
    if (isRare) for (const span of small) yield ["small_place_rare_condition", ...span];
    const [days, months] = [of("date"), of("month")];
    if (!days.length && !months.length) return;
    const signs = { care: [], maybe_care: [], legislation: [] };
    for (const [sign, start, end] of placesOf(data.dated, plain, low, data)) signs[sign].push([start, end]);
    const inOrder = (spans) => spans.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const legislation = inOrder(signs.legislation);
    const isMaybe = !legislation.length || data.patterns.one_patient.test(low);
    const care = inOrder(isMaybe ? [...signs.care, ...signs.maybe_care] : signs.care);
    const ofPatient = !care.length && !legislation.length && data.patterns.one_patient.test(low);
    const about = { care: care.length > 0, legislation: legislation.length > 0, day: days.length > 0 };
    for (const [start, end] of names(plain, low, about, data)) {
        if (![...days, ...months].some(([first, last]) => start < last && end > first)) yield ["name_date", start, end];
    }
    for (const date of days) {
        const isNearer = () => !legislation.length || distance(low, date, care, data) <= distance(low, date, legislation, data);
        if (ofPatient || (care.length && isNearer())) yield ["care_date", ...date];
    }
}

function distance(low, date, signals, { clause }) {
    const one = ([start, end]) => {
        const between = end <= date[0] ? low.slice(end, date[0]) : low.slice(date[1], start);
        return between.length + clause * (between.match(/[,;]| and /g) ?? []).length;
    };
    return Math.min(...signals.map(one));
}

function* foundIn({ plain, low }, data) {
    const spans = sentences(plain, data);
    const inside = new Map();
    const kinds = new Set(data.kinds);
    for (const place of placesOf(data.texts, plain, low, data)) {
        if (kinds.has(place[0])) yield place;
        else {
            const number = spans.findIndex(([, end]) => place[1] < end);
            inside.set(number, [...(inside.get(number) ?? []), place]);
        }
    }
    for (const [number, places] of inside) {
        const [first, last] = spans.at(number);
        const within = places.map(([sign, start, end]) => [sign, start - first, end - first]);
        for (const [kind, start, end] of inSentence(plain.slice(first, last), low.slice(first, last), within, data)) yield [kind, first + start, first + end];
    }
}

// Those of a kind that overlap as one, and no telephone number that is a record number.
function kept(found, kinds) {
    const last = new Map();
    const order = (kind) => kinds.indexOf(kind);
    const all = [];
    for (const [kind, start, end] of found.sort((one, other) => one[1] - other[1] || other[2] - one[2] || order(one[0]) - order(other[0]))) {
        if (kind === "phone" && start < (last.get("record_number")?.[2] ?? 0)) continue;
        const before = last.get(kind);
        if (before && start < before[2]) before[2] = Math.max(before[2], end);
        else {
            last.set(kind, [kind, start, end]);
            all.push(last.get(kind));
        }
    }
    return all;
}

const flat = (text) => (text.normalize("NFKD").replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, "").toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).join(" ");
const digitsOf = (text) => text.replace(/\D/g, "").slice(-10);

export function reader(told) {
    const data = { ...told, patterns: {}, words: {} };
    for (const name of ["texts", "dated", "places"]) data[name] = rulesOf(told[name]);
    for (const [name, words] of Object.entries(told.words)) data.words[name] = new Set(words);
    for (const [name, pattern] of Object.entries(told.patterns)) {
        data.patterns[name] = ["run", "word", "lower_cued", "end"].includes(name) ? whole(pattern) : new RegExp(pattern);
    }
    const ofSentences = new Set(["care_date", "small_place_rare_condition"]);

    // `known`: texts in which nothing is news. Gives what was found in order: its kind, and the words as they were written.
    return function findings(text, known = []) {
        const read = plainText(text);
        const texts = known.map(plainText);
        const news = texts.flatMap((one) => [...foundIn(one, data)].map(([kind, start, end]) => [kind, one.low.slice(start, end)]));
        const all = ` ${known.map(flat).join(" | ")} `;
        const isKnown = ([kind, start, end]) => {
            const low = read.low.slice(start, end);
            if (ofSentences.has(kind)) return news.some(([other, words]) => other === kind && flat(words) === flat(low));
            if (kind === "phone" && news.some(([other, words]) => other === kind && digitsOf(words) === digitsOf(low))) return true;
            return all.includes(` ${flat(quoted(read, start, end)).replace(data.patterns.courtesy, "")} `);
        };
        return kept([...foundIn(read, data)], told.kinds)
            .filter((found) => !known.length || !isKnown(found))
            .map(([kind, start, end]) => ({ kind, quoted: quoted(read, start, end).split(/\s+/).filter(Boolean).join(" ") }));
    };
}
