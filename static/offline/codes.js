/* Answers <-> case code, as bundles/results/case_codes.py: one number in mixed radix, in Crockford's base 32 behind two check characters. */
(function (root) {
  "use strict";

  const inNode = typeof module === "object";
  const days = inNode ? require("./days.js") : root.OfflineDays;
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const EPOCH = "1825-01-01";
  const DAYS = 137000;
  const NUMBER_SIZES = [10, 1000, 1000000, 1000000000000];
  const HOME = "51";
  const VERSIONS = 31;
  const LATE_VERSIONS = 1000000;
  const BUNDLES = 4096;
  const SHORTEST = 4;
  const MOST_CHARACTERS = 400;

  // Numbers as their digits to the base of 32, the least first

  /** number * factor + digit. */
  function shift(number, factor, digit) {
    const result = [];
    let carry = digit;
    for (const old of number) {
      const sum = old * factor + carry;
      result.push(sum % 32);
      carry = Math.floor(sum / 32);
    }
    while (carry) {
      result.push(carry % 32);
      carry = Math.floor(carry / 32);
    }
    return result;
  }

  /** [what is left of the number divided by a factor, the remainder]. */
  function divided(number, factor) {
    const result = [];
    let rest = 0;
    for (const digit of number.slice().reverse()) {
      const sum = rest * 32 + digit;
      result.push(Math.floor(sum / factor));
      rest = sum % factor;
    }
    return [result.reverse(), rest];
  }

  // Writing

  /** How many answers a question has that is no number. */
  function radixOf({ type, choices }) {
    if (type === "date") return DAYS;
    return type === "many" ? 2 ** choices.length : choices.length;
  }

  function writeAnswer(question, answer, number) {
    if (question.type === "number") return writeNumber(question, answer, number);
    return shift(number, radixOf(question) + 1, answer === undefined ? 0 : digitOf(question, answer) + 1);
  }

  function digitOf(question, answer) {
    if (question.type === "date") return days.ordinal(answer) - days.ordinal(EPOCH);
    const places = question.choices.map((choice) => choice.id);
    if (question.type === "many") return answer.reduce((sum, id) => sum + 2 ** places.indexOf(id), 0);
    return places.indexOf(answer);
  }

  function writeNumber(question, answer, number) {
    const sizes = NUMBER_SIZES.length;
    if (answer === undefined) return shift(number, sizes + 1, 0);
    const offset = answer - question.range[0];
    const small = offset % 100 === 0 ? NUMBER_SIZES.slice(0, -1).findIndex((size) => offset / 100 < size) : -1;
    const size = small < 0 ? sizes - 1 : small;
    return shift(shift(number, NUMBER_SIZES[size], small < 0 ? offset : offset / 100), sizes + 1, size + 1);
  }

  function writeRegion(region, number) {
    const [code, area] = region.split("-");
    if (code.startsWith(HOME) && !area) return shift(shift(number, 10000, Number(code.slice(HOME.length))), 2, 0);
    return shift(shift(shift(number, 100, Number(area || 0)), 1000000, Number(code)), 2, 1);
  }

  function writeVersion(version, number) {
    if (version < VERSIONS) return shift(number, VERSIONS + 1, version);
    return shift(shift(number, LATE_VERSIONS, version), VERSIONS + 1, VERSIONS);
  }

  // GF(32) with x^5 + x^2 + 1
  const EXP = [];
  const LOG = [];
  for (let exponent = 0, value = 1; exponent < 31; exponent += 1) {
    EXP.push(value);
    LOG[value] = exponent;
    value <<= 1;
    if (value & 32) value ^= 0b100101;
  }
  const times = (one, exponent) => (one ? EXP[(LOG[one] + exponent) % 31] : 0);

  function sums(word) {
    let first = 0;
    let second = 0;
    word.forEach((digit, place) => {
      first ^= times(digit, place);
      second ^= times(digit, 2 * place);
    });
    return [first, second];
  }

  /** The two characters that, put in front, make both sums vanish. */
  function checkPair(digits) {
    const [first, second] = sums([0, 0].concat(digits));
    const other = times(first ^ second, 31 - LOG[EXP[1] ^ EXP[2]]);
    return [first ^ times(other, 1), other];
  }

  /** The case code of the answers that counted, in groups of four. */
  function encode(rules, used) {
    let number = [];
    for (const question of rules.questions.slice().reverse()) number = writeAnswer(question, used[question.id], number);
    number = shift(writeVersion(rules.version, writeRegion(rules.region, number)), BUNDLES, rules.number);
    while (number.length && number[number.length - 1] === 0) number.pop();
    const text = checkPair(number).concat(number).map((digit) => ALPHABET[digit]).join("");
    return text.match(/.{1,4}/g).join("-");
  }

  // Reading

  /** The code's characters as Crockford reads them: any case, without hyphens and spaces, O as 0, I and L as 1. */
  const plain = (code) => code.slice(0, 2 * MOST_CHARACTERS).normalize("NFKC").toUpperCase()
    .replace(/[\s\-‐‑‒–—_.·]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

  /** What the code says: `{bundle, version, region, rest}`, or what can't be right: `{wrong, text, places}`, the places of
      the suspect characters, counted from 0 without hyphens. */
  function opened(code) {
    const text = plain(code);
    const word = Array.from(text, (letter) => ALPHABET.indexOf(letter));
    const refuse = (wrong, places) => ({ wrong, text, places: places || [] });
    if (word.length < SHORTEST || word.length > MOST_CHARACTERS) return refuse("length");
    const strange = Array.from(word.keys()).filter((place) => word[place] < 0);
    if (strange.length) return refuse("characters", strange);
    if (sums(word).some(Boolean)) return refuse("check", suspects(word));
    if (word[word.length - 1] === 0) return refuse("length");
    let [number, bundle] = divided(word.slice(2), BUNDLES);
    let version;
    let region;
    [number, version] = divided(number, VERSIONS + 1);
    if (version === VERSIONS) [number, version] = divided(number, LATE_VERSIONS);
    [number, region] = readRegion(number);
    return { bundle, version, region, rest: number };
  }

  function readRegion(number) {
    const [local, elsewhere] = divided(number, 2);
    if (!elsewhere) {
      const [rest, county] = divided(local, 10000);
      return [rest, HOME + String(county).padStart(4, "0")];
    }
    const [more, code] = divided(local, 1000000);
    const [rest, area] = divided(more, 100);
    return [rest, String(code).padStart(6, "0") + (area ? `-${area}` : "")];
  }

  /** Where a single wrong character, or a swap of neighbours, would explain the sums. */
  function suspects(word) {
    const found = new Set();
    const [first, second] = sums(word);
    if (first && second) {
      for (let place = (LOG[second] - LOG[first] + 31) % 31; place < word.length; place += 31) found.add(place);
    }
    for (let place = 0; place + 1 < word.length; place += 1) {
      const swapped = word.slice(0, place).concat(word[place + 1], word[place], word.slice(place + 2));
      if (!sums(swapped).some(Boolean)) found.add(place).add(place + 1);
    }
    return Array.from(found).sort((one, other) => one - other);
  }

  /** The code's answers as they would be typed, by question, in `answers`; or what is wrong, as `opened` says it. */
  function decode(rules, code) {
    const found = opened(code);
    if (found.wrong) return found;
    if (found.bundle !== rules.number) return { wrong: "bundle", places: [] };
    if (found.version !== rules.version) return { wrong: "version", places: [] };
    const answers = {};
    let number = found.rest;
    for (const question of rules.questions) {
      let answer;
      [number, answer] = readAnswer(question, number);
      if (answer !== undefined) answers[question.id] = answer;
    }
    return number.some(Boolean) ? { wrong: "answers", places: [] } : { region: found.region, answers };
  }

  function readAnswer(question, number) {
    if (question.type === "number") return readNumber(question, number);
    const [rest, digit] = divided(number, radixOf(question) + 1);
    return [rest, digit ? meant(question, digit - 1) : undefined];
  }

  function meant({ type, choices }, digit) {
    if (type === "date") return days.plus(EPOCH, digit);
    if (type !== "many") return choices[digit].id;
    const ticked = choices.filter((_choice, place) => Math.floor(digit / 2 ** place) % 2).map((choice) => choice.id);
    return ticked.length ? ticked : ["none"];
  }

  function readNumber(question, number) {
    const [sized, size] = divided(number, NUMBER_SIZES.length + 1);
    if (!size) return [sized, undefined];
    const [rest, digit] = divided(sized, NUMBER_SIZES[size - 1]);
    return [rest, String((question.range[0] + digit * (size === NUMBER_SIZES.length ? 1 : 100)) / 100)];
  }

  root.OfflineCodes = { decode, encode };
  if (inNode) module.exports = root.OfflineCodes;
})(typeof globalThis === "object" ? globalThis : self);
