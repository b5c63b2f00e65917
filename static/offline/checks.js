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
  const { plain, visible } = days;
  const narrow = (text) => plain(text).replace(/[\s\-‐-―−]+/g, "").toUpperCase();
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
    if (places.length !== 18 || places.includes(-1)) return wrong("credit_code");
    const sum = CREDIT_WEIGHTS.reduce((all, weight, place) => all + weight * places[place], 0);
    return (31 - (sum % 31)) % 31 === places[17] ? fine(number) : wrong("credit_code");
  }

  // Telephones: as guide/form/phones.py

  const EXTENSION = /^(.*[\d)])[\s.]*\(?\s*(?:转|轉|分机号?|分機|内线|extension|ext|x|#|,|;ext=)[\s.:]*(\d{1,6})\s*\)?$/;
  const DASHED_EXTENSION = /^((?:.*\D)?\d{7,8})\s?[-‐-―−]\s?(\d{1,6})$/;
  const AT_HOME = /^(1[3-9]\d{9}|0\d{9,11}|[48]00\d{7}|\d{7,8}|1[12]\d|1[0-2]\d{3}|9[56]\d{3,7})$/;

  function inChina(digits) {
    const found = /^86(1[3-9]\d{9}|0\d{9,11}|[48]00\d{7}|1[12]\d|1[0-2]\d{3}|9[56]\d{3,7})$/.exec(digits);
    const bare = /^86(10\d{8}|2\d{8,9}|[3-9]\d{9,10})$/.exec(digits);
    return found ? found[1] : bare && `0${bare[1]}`;
  }

  function dialled(text) {
    const bare = text.replace(/^(\+\d+)\s*\(0\)/, "$1").replace(/[\s\-‐-―−().·_]+/g, "");
    const coded = /^(?:\+|\+?00)([1-9]\d*)$/.exec(bare);
    const near = bare.replace(/\+/g, "");
    const far = coded ? coded[1] : near;
    const abroad = coded && !far.startsWith("86") && /^\d{7,15}$/.test(far);
    if (abroad || /^(85[23]\d{8}|886\d{8,9})$/.test(far)) return `+${far}`;
    const china = inChina(far);
    return (coded && china) || !AT_HOME.test(near) ? china : near;
  }

  function phoneNumber(text) {
    const written = plain(text).toLowerCase().replace(/\s+/g, " ");
    const extended = (number, extension) => number && `${number}转${extension}`;
    const found = EXTENSION.exec(written);
    if (found) return extended(dialled(found[1]), found[2]);
    const number = dialled(written);
    const dashed = DASHED_EXTENSION.exec(written);
    if (!dashed || /^(1[3-9]\d{9}|[48]00\d{7})$/.test(number || "")) return number;
    const base = dialled(dashed[1]);
    return /^(0\d{9,11}|[1-9]\d{6,7})$/.test(base || "") ? extended(base, dashed[2]) : number;
  }

  function phone(text) {
    const number = phoneNumber(text);
    return number ? fine(number) : wrong("phone");
  }

  // Names: as guide/form/names.py

  const NAME = new RegExp("^(?:(?![\\u2e60-\\u2e63\\u20c1-\\u20cf\\u2427-\\u243f\\u2ff0-\\u2fff\\u31e4-\\u31ef\\ufbc3-\\ufbd2\\ufdc8-\\ufdce"
    + "\\u{10ec9}\\u{10eca}\\u{1246f}\\u{12475}-\\u{1247f}\\u{12550}-\\u{12686}\\u{1cc00}-\\u{1cefe}\\u{1d1eb}-\\u{1d1ff}\\u{1d250}-\\u{1d2df}\\u{1db00}-\\u{1db1c}\\u{1f000}-\\u{1fbff}])"
    + "[\\p{L}\\p{M}\\p{Cn}·.'’\\-（）() \\u0f0b-\\u0f14\\u2e80-\\u2fd5〇\\u3400-\\u4dbf\\u4e00-\\u9fff"
    + "\\ue000-\\uf8ff\\u{20000}-\\u{3fffd}\\u{f0000}-\\u{ffffd}\\u{100000}-\\u{10ffef}\\u{10fff4}-\\u{10fffd}])*$", "u");

  function name(text) {
    const dotted = visible(text).normalize("NFC").replace(/[•・‧∙⋅᛫･．﹒⸱⸳ꞏ●]/g, "·");
    const tidy = dotted.split(/\s+/).filter(Boolean).join(" ").replace(/([\u0f00-\u{10ffff}])\.(?=[\u0f00-\u{10ffff}])/gu, "$1·");
    return NAME.test(tidy) ? fine(tidy) : Object.assign(wrong("name"), { tidy });
  }

  function day(text) {
    const found = days.written(plain(text));
    if (found.day) return found.day < "1901" || found.day > "2199-12-31" ? wrong("year") : fine(found.day);
    const [year, month, date] = found.value.split("-");
    return found.refused === "not-a-date" ? wrong("date") : wrong(found.refused, { year, month, day: date });
  }

  const number = matching((text) => plain(text).replace(/,/g, "").trim(), /^\d{1,15}(\.\d{1,6})?$/, "number");

  const CHECKS = {
    "id-number": idNumber, "credit-code": creditCode, phone, name, date: day, number, money: number,
    "bank-account": matching(narrow, /^\d{8,32}$/, "bank_account"),
    postcode: matching(narrow, /^\d{6}$/, "postcode"),
    email: matching(plain, /^[^@\s]+@[^@\s]+\.[^@\s]+$/, "email"),
  };

  function otherDocument(text) {
    const printed = plain(text);
    return /^[\p{L}\p{N}_\-() ]{4,40}$/u.test(printed) ? fine(printed.replace(/ /g, "").toUpperCase()) : wrong("document");
  }

  /** The check of one box; `kind` is the kind of document that the box beside names, if any. */
  function check(type, text, today, kind) {
    if (type === "id-number" && kind && kind !== RESIDENT_ID) return otherDocument(text);
    return CHECKS[type] ? CHECKS[type](text, today) : fine(visible(text));
  }

  /** What a box takes from a right ID number: the birth date, the sex, or the age in whole years on a day. */
  function derived(take, source, today, on) {
    const found = idNumber(source, today);
    if (found.wrong) return "";
    const born = birthOf(found.text);
    if (take !== "age") return take === "birth_date" ? born : sexOf(found.text);
    const then = day(on, today);
    if (then.wrong || then.text < born) return "";
    const years = Number(then.text.slice(0, 4)) - Number(born.slice(0, 4));
    return String(then.text.slice(5) < born.slice(5) ? years - 1 : years);
  }

  root.OfflineChecks = { check, derived };
  if (typeof module === "object") module.exports = root.OfflineChecks;
})(typeof globalThis === "object" ? globalThis : self);
