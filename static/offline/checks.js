/* Checks of what is typed into the form, as guide/form/validation.py: each takes the text and gives `{text}` tidied, or
   `{wrong: phrase}` with `values` for it. Sources: GB 11643-1999 (ID numbers), GB 32100-2015 (credit codes). */
(function (root) {
  "use strict";

  const days = typeof module === "object" ? require("./days.js") : root.OfflineDays;
  const RESIDENT_ID = "居民身份证";
  const CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

  const fine = (text) => ({ text });
  const wrong = (phrase, values) => ({ wrong: phrase, values: values || {} });
  const plain = (text) => text.normalize("NFKC").trim();
  const narrow = (text) => text.normalize("NFKC").replace(/[\s\u200b\ufeff\-–—]+/g, "").toUpperCase();
  const matching = (tidy, pattern, phrase) => (text) => (pattern.test(tidy(text)) ? fine(tidy(text)) : wrong(phrase));

  /** The birth date in an ID number; null where it isn't a day. */
  function birthOf(number) {
    const [year, month, date] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
    return days.isDay(Number(year), Number(month), Number(date)) ? `${year}-${month}-${date}` : null;
  }

  const sexOf = (number) => (Number(number[16]) % 2 ? "男" : "女");

  /** ISO 7064 mod 11-2. */
  function sumFits(number) {
    let rest = 0;
    for (const digit of number) rest = (rest * 2 + (digit === "X" ? 10 : Number(digit))) % 11;
    return rest === 1;
  }

  function idNumber(text, today) {
    const number = narrow(text);
    if (number.length !== 18) return wrong("id_length", { count: number.length });
    if (!/^\d{17}[\dX]$/.test(number)) return wrong("id_letters");
    const birth = birthOf(number);
    if (!birth || !sumFits(number)) return wrong("id_sum");
    return birth > today ? wrong("id_future") : fine(number);
  }

  function creditCode(text) {
    const number = narrow(text);
    const places = Array.from(number, (letter) => CREDIT_LETTERS.indexOf(letter));
    if (!/^\d{8}[0-9A-Z]{10}$/.test(number) || places.includes(-1)) return wrong("credit_code");
    const sum = CREDIT_WEIGHTS.reduce((all, weight, place) => all + weight * places[place], 0);
    return (31 - (sum % 31)) % 31 === places[17] ? fine(number) : wrong("credit_code");
  }

  function phone(text) {
    const number = narrow(text).replace(/[()+]/g, "").replace(/^(86|0086)(?=1\d{10}$)/, "");
    return /^(1[3-9]\d{9}|0\d{9,11}|400\d{7}|\d{7,8})$/.test(number) ? fine(number) : wrong("phone");
  }

  function name(text) {
    const tidy = text.normalize("NFC").replace(/[•・‧∙⋅．]/g, "·").split(/\s+/).filter(Boolean).join(" ");
    return /^[\p{L}\p{M}·.'’\-（）() 　་]*$/u.test(tidy) ? fine(tidy) : wrong("name");
  }

  function day(text) {
    const found = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(plain(text)) || /^(\d{4})(\d\d)(\d\d)$/.exec(plain(text));
    const [year, month, date] = found ? found.slice(1).map(Number) : [0, 0, 0];
    if (!days.isDay(year, month, date)) return wrong("date");
    return year < 1901 || year > 2199 ? wrong("year") : fine(days.write(year, month, date));
  }

  const number = matching((text) => plain(text).replace(/,/g, ""), /^\d{1,15}(\.\d{1,6})?$/, "number");

  const CHECKS = {
    "id-number": idNumber, "credit-code": creditCode, phone, name, date: day, number, money: number,
    "bank-account": matching(narrow, /^\d{8,32}$/, "bank_account"),
    postcode: matching(narrow, /^\d{6}$/, "postcode"),
    email: matching(plain, /^[^@\s]+@[^@\s]+\.[^@\s]+$/, "email"),
  };
  const otherDocument = matching(plain, /^[\p{L}\p{N}_\-() ]{4,40}$/u, "document");

  /** The check of one box; `kind` is the kind of document that the box beside names, if any. */
  function check(type, text, today, kind) {
    if (type === "id-number" && kind && kind !== RESIDENT_ID) return otherDocument(text);
    return CHECKS[type] ? CHECKS[type](text, today) : fine(text);
  }

  /** What a box takes from another: the text itself, or the birth date or sex in a right ID number. */
  function derived(take, source, today) {
    if (take === "same" || !source) return source;
    const found = idNumber(source, today);
    if (found.wrong) return "";
    return take === "birth_date" ? birthOf(found.text) : sexOf(found.text);
  }

  root.OfflineChecks = { check, derived };
  if (typeof module === "object") module.exports = root.OfflineChecks;
})(typeof globalThis === "object" ? globalThis : self);
