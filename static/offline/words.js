/* Texts in two languages at once (guide/language/pairs.py), and how answers, dates and amounts are said (guide/language/wording.py).
   A phrase has `{name}` or `%(name)s` where a word goes in. */
(function (root) {
  "use strict";

  const [DRAFT, REVIEWED, CHINESE, END] = ["\u{10fff0}", "\u{10fff1}", "\u{10fff2}", "\u{10fff3}"];
  const MARK = /([\u{10fff0}-\u{10fff3}])/u;
  const NUMBERED = /^([\u{10fff0}\u{10fff1}])(\d+)$/u;
  const [SHAD, TSHEG] = ["\u0f0d", "\u0f0b"];
  const TIBETAN = /^[\u0f40-\u0fbc]/;
  const GOES_ON = /^[\u0f40-\u0fbc0-9A-Za-z]/;
  const TOO_SHORT = 4;
  const TEN_THOUSAND = 1000000;

  // Pairs

  const isPair = (text) => text.includes(DRAFT) || text.includes(REVIEWED);

  /** One of the two texts; what isn't translated stays Chinese. */
  function half(text, wantsChinese) {
    const kept = [];
    const sides = [];
    let begins = false;
    for (const piece of text.split(MARK)) {
      if (piece === DRAFT || piece === REVIEWED) {
        sides.push(false);
        begins = true;
      } else if (piece === CHINESE) sides[sides.length - 1] = true;
      else if (piece === END) {
        sides.pop();
        begins = false;
      } else if (piece && sides.every((side) => side === wantsChinese)) {
        kept.push([piece, begins]);
        begins = false;
      }
    }
    return wantsChinese ? kept.map(([piece]) => piece).join("") : met(kept);
  }

  /** The pieces as one Tibetan text, with shad and tsheg right where they meet: `_met` of guide/language/pairs.py. */
  function met(pieces) {
    let text = "";
    for (const [piece, begins] of pieces) {
      const takesNone = /[གཀ]$/.test(text) && piece[0] === SHAD;
      text = before(text, piece[0], begins) + (takesNone ? piece.slice(1) : piece);
    }
    return text;
  }

  function before(text, first, begins) {
    const goesOn = GOES_ON.test(first);
    const shad = text.endsWith(SHAD);
    if (shad && begins) return goesOn ? text + " " : text;
    if (shad && first === SHAD) return text.slice(0, -1);
    if (shad && (goesOn || first === TSHEG || first === "”")) return text.slice(0, text.endsWith(TSHEG + SHAD) ? -2 : -1) + (goesOn ? TSHEG : "");
    const apart = TIBETAN.test(text.slice(-1)) && TIBETAN.test(first);
    return apart || (text.endsWith("ང") && first === SHAD) ? text + TSHEG : text;
  }

  const own = (text) => half(text, false);
  const chinese = (text) => half(text, true);

  /** What a form prints for a choice. */
  const official = (choice) => ("official" in choice ? choice.official : chinese(choice.label));

  /** The data of guide/offline/packed_texts.py: a line with the texts of either language, and one with the rest, in which a pair is its
      first mark and the number of its texts. A text that stands in the page is how far on it does, and how long it is. */
  function paired(lines, page) {
    const [texts, data] = lines.split("\n");
    const [owns, chineses] = JSON.parse(texts).map((column) => {
      let end = 0;
      return column.map((text) => {
        if (typeof text === "string") return text;
        const start = end + text[0];
        end = start + text[1];
        return page.slice(start, end);
      });
    });
    return JSON.parse(data, (_name, value) => {
      const found = typeof value === "string" && NUMBERED.exec(value);
      return found ? found[1] + owns[found[2]] + CHINESE + chineses[found[2]] + END : value;
    });
  }

  // Phrases

  /** The phrase with the values in it. */
  const fill = (phrase, values) =>
    phrase.replace(/\{(\w+)\}|%\((\w+)\)[sd]/g, (found, one, other) => {
      const name = one || other;
      return name in values ? String(values[name]) : found;
    });

  /** How things are said with these phrases (guide/offline/phrases.py) and rules. */
  function speech(rules, phrases) {
    const put = (name, values) => fill(phrases[name], values || {});
    const together = (texts) => texts.join(phrases.comma);

    function either(texts) {
      const last = texts[texts.length - 1];
      return texts.length > 1 ? put("either", { these: together(texts.slice(0, -1)), last }) : last;
    }

    function day(text) {
      const [year, month, date] = text.split("-").map(Number);
      return put("day", { year, month, day: date });
    }

    const span = ([number, unit]) => put(unit, { number });
    const number = (hundredths) => String(hundredths / 100);

    function money(cents) {
      if (cents && cents % TEN_THOUSAND === 0) return put("ten_thousands", { number: cents / TEN_THOUSAND });
      return put("yuan", { yuan: cents % 100 ? (cents / 100).toFixed(2) : cents / 100 });
    }

    function months(all) {
      const [years, left] = [Math.trunc(all / 12), all % 12];
      if (years && left) return put("years_months", { years, months: left });
      return years ? put("years", { number: years }) : put("months", { number: left });
    }

    /** What a walk worked out, as static/offline/figures.js gives it. */
    function figure(found) {
      if (found === null || found === undefined) return phrases.by_counter;
      if (typeof found === "string") return day(found);
      if (typeof found === "number") return String(found);
      if (found.month) return put("month", { year: found.month[0], month: found.month[1] });
      if (found.age) return put(found.age[1] ? "age_months" : "age", { years: found.age[0], months: found.age[1] });
      if ("cents" in found) return money(found.cents);
      if ("percent" in found) return `${found.percent}%`;
      if ("decimal" in found) return found.decimal;
      if ("months" in found) return months(found.months);
      return put("days" in found ? "days" : "years", { number: "days" in found ? found.days : found.years });
    }

    /** An answer as one would say it. */
    function answer(question, given) {
      if (question.type === "number") {
        return question.unit ? put("with_unit", { number: number(given), unit: question.unit }) : number(given);
      }
      if (question.type === "date") return day(given);
      const picked = question.type === "many" ? given : [given];
      if (!picked.length) return question.none || phrases.none_ticked;
      return together(question.choices.filter((choice) => picked.includes(choice.id)).map((choice) => choice.label));
    }

    /** Why, in words: `reasons` as the engine gives them. A bare yes, number, date or word comes with its question. */
    function because(reasons, used) {
      const ticks = new Map();
      for (const [name, tick] of reasons) ticks.set(name, (ticks.get(name) || []).concat([tick]));
      return Array.from(ticks, ([name, about]) => reason(rules.byId[name], about, used[name]));
    }

    function reason(question, about, given) {
      const asked = (words) => put("question_answer", { question: question.ask, answer: words });
      const words = answer(question, given);
      if (Array.isArray(given) && !about.includes(null)) return ticked(question, about, given) || asked(answer(question, []));
      return ["yesno", "number", "date"].includes(question.type) || chinese(words).length <= TOO_SHORT ? asked(words) : words;
    }

    function ticked(question, about, given) {
      const choices = question.choices.filter((choice) => about.includes(choice.id));
      const found = choices.filter((choice) => given.includes(choice.id));
      if (found.length) return together(found.map((choice) => choice.label));
      if (question.least) return answer(question, given);
      if (!given.length && choices.length > 1) return "";
      const quoted = choices.map((choice) => put("quoted", { choice: choice.label }));
      return put("not_ticked", { choices: together(quoted) });
    }

    return { answer, because, day, either, figure, put, span, together };
  }

  root.OfflineWords = { chinese, fill, isPair, official, own, paired, speech };
  if (typeof module === "object") module.exports = root.OfflineWords;
})(typeof globalThis === "object" ? globalThis : self);
