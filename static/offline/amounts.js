/* Amounts worked out exactly, as bundles/arithmetic.py. A number is a fraction of two integers without bounds: {negative, over,
   under}, each a list of seven digits a place, the lowest first, as Safari 13 has no big ones. A day is 2026-11-22.
   An amount is ["number", "1.5"], ["today"], ["day", "2026-11-22"], ["asked", question], ["ticked", question],
   ["looked", table], ["named", figure], or a sign or function with its parts. */
(function (root) {
  "use strict";

  const days = typeof module === "object" ? require("./days.js") : root.OfflineDays;
  const BASE = 10000000;
  const WIDTH = 7;
  const MOST_SPAN = 99999;

  // Whole numbers from zero on, as lists of places

  const trimmed = (places) => {
    while (places.length && !places[places.length - 1]) places.pop();
    return places;
  };

  function places(digits) {
    const found = [];
    for (let end = digits.length; end > 0; end -= WIDTH) found.push(Number(digits.slice(Math.max(0, end - WIDTH), end)));
    return trimmed(found);
  }

  function compared(one, other) {
    if (one.length !== other.length) return one.length - other.length;
    for (let place = one.length - 1; place >= 0; place -= 1) {
      if (one[place] !== other[place]) return one[place] - other[place];
    }
    return 0;
  }

  function sum(one, other) {
    const found = [];
    let carry = 0;
    for (let place = 0; place < Math.max(one.length, other.length) || carry; place += 1) {
      const all = (one[place] || 0) + (other[place] || 0) + carry;
      found.push(all % BASE);
      carry = all >= BASE ? 1 : 0;
    }
    return found;
  }

  /** Of a number and one that isn't larger. */
  function difference(one, other) {
    let borrowed = 0;
    return trimmed(one.map((digit, place) => {
      const left = digit - (other[place] || 0) - borrowed;
      borrowed = left < 0 ? 1 : 0;
      return left + borrowed * BASE;
    }));
  }

  function product(one, other) {
    const found = new Array(one.length + other.length).fill(0);
    one.forEach((digit, place) => {
      let carry = 0;
      for (let below = 0; below < other.length || carry; below += 1) {
        const all = found[place + below] + digit * (other[below] || 0) + carry;
        found[place + below] = all % BASE;
        carry = Math.floor(all / BASE);
      }
    });
    return trimmed(found);
  }

  /** How many times `other` goes into `one`, and what is left. */
  function division(one, other) {
    const found = [];
    let left = [];
    for (let place = one.length - 1; place >= 0; place -= 1) {
      left = trimmed([one[place]].concat(left));
      let [low, high] = [0, BASE - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (compared(product(other, [middle]), left) <= 0) low = middle;
        else high = middle - 1;
      }
      left = difference(left, product(other, trimmed([low])));
      found.unshift(low);
    }
    return [trimmed(found), left];
  }

  const asNumber = (whole) => whole.reduceRight((all, digit) => all * BASE + digit, 0);

  // Fractions

  const fraction = (negative, over, under) => ({ negative: negative && over.length > 0, over, under });
  const whole = (number) => fraction(number < 0, places(String(Math.abs(number))), [1]);
  const negated = ({ negative, over, under }) => fraction(!negative, over, under);

  /** `-12.5` as a fraction. */
  function written(text) {
    const [, sign, integer, decimals] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    return fraction(sign === "-", places(integer + (decimals || "")), places(`1${"0".repeat((decimals || "").length)}`));
  }

  function plus(one, other) {
    const [first, second] = [product(one.over, other.under), product(other.over, one.under)];
    const under = product(one.under, other.under);
    if (one.negative === other.negative) return fraction(one.negative, sum(first, second), under);
    return compared(first, second) >= 0
      ? fraction(one.negative, difference(first, second), under)
      : fraction(other.negative, difference(second, first), under);
  }

  const minus = (one, other) => plus(one, negated(other));
  const times = (one, other) =>
    fraction(one.negative !== other.negative, product(one.over, other.over), product(one.under, other.under));
  const divided = (one, other) =>
    (other.over.length ? times(one, { negative: other.negative, over: other.under, under: other.over }) : null);

  /** Below zero where the first is smaller, above where it is larger. */
  function order(one, other) {
    const { negative, over } = minus(one, other);
    return negative ? -1 : over.length ? 1 : 0;
  }

  /** The whole number that isn't larger. */
  function floor({ negative, over, under }) {
    const [found, left] = division(over, under);
    return fraction(negative, negative && left.length ? sum(found, [1]) : found, [1]);
  }

  const HALF = fraction(false, [1], [2]);
  const ROUNDING = {
    round_down: floor,
    round_up: (steps) => negated(floor(negated(steps))),
    round_half_up: (steps) => floor(plus(steps, HALF)),
  };

  function rounded(by, number, step) {
    if (step.negative || !step.over.length) return null;
    return times(ROUNDING[by](divided(number, step)), step);
  }

  const least = (numbers) => numbers.reduce((one, other) => (order(other, one) < 0 ? other : one));
  const most = (numbers) => numbers.reduce((one, other) => (order(other, one) > 0 ? other : one));
  const ARITHMETIC = { "+": plus, "-": minus, "*": times, "/": divided };

  // Days

  const counted = (day) => { const [year, month] = days.parts(day); return year * 12 + month - 1; };
  const calendarMonths = (start, end) => counted(end) - counted(start);

  function months(start, end) {
    if (end < start) return -months(end, start);
    const all = calendarMonths(start, end);
    return days.addMonths(start, all) <= end ? all : all - 1;
  }

  function monthsBegun(start, end) {
    if (end < start) return -monthsBegun(end, start);
    const all = months(start, end);
    return days.addMonths(start, all) === end ? all : all + 1;
  }

  const BETWEEN = {
    days: (start, end) => days.ordinal(end) - days.ordinal(start),
    months,
    months_begun: monthsBegun,
    calendar_months: calendarMonths,
    years: (start, end) => Math.trunc(months(start, end) / 12),
  };
  const LATER = { add_days: "days", add_working_days: "working days", add_months: "months", add_years: "years" };

  function later(by, day, number, calendar) {
    const [found, left] = division(number.over, number.under);
    const span = asNumber(found);
    if (number.negative || left.length || span > MOST_SPAN) return null;
    return days.add(day, [span, LATER[by]], calendar);
  }

  // Amounts

  const isDay = (value) => typeof value === "string";

  /** What an amount comes to; null where something isn't known. `known` says it of a question, table or figure. */
  function workedOut(amount, today, calendar, known) {
    const [by] = amount;
    if (by === "number") return written(amount[1]);
    if (by === "today") return today;
    if (by === "day") return amount[1];
    if (typeof amount[1] === "string" || amount.length === 1) return known(amount);
    const values = amount.slice(1).map((part) => workedOut(part, today, calendar, known));
    return values.includes(null) ? null : applied(by, values, calendar);
  }

  function applied(by, values, calendar) {
    const [one, other] = values;
    if (isDay(one)) return isDay(other) ? whole(BETWEEN[by](one, other)) : later(by, one, other, calendar);
    if (values.some(isDay)) return null;
    if (by in ARITHMETIC) return ARITHMETIC[by](one, other);
    if (by === "min") return least(values);
    return by === "max" ? most(values) : rounded(by, one, other || whole(1));
  }

  const fromHundredths = (number) => fraction(number < 0, places(String(Math.abs(number))), [100]);

  /** The id of the band that a number falls in. */
  function band(bands, value) {
    const fits = ({ kind, limit }) =>
      !kind || (limit !== undefined && (kind === "up_to" ? order(value, written(limit)) <= 0 : order(value, written(limit)) < 0));
    return (bands.find(fits) || { id: "unknown" }).id;
  }

  /** A number in hundredths as it is printed, without zeros at its end. */
  const decimal = (hundredths) => String(hundredths / 100);

  /** A value as a figure, see static/offline/figures.js; {days}, {years} and {decimal} besides. */
  function figure(value, unit) {
    if (value === null || isDay(value)) return value;
    const { over, under } = times(value, whole(100));
    const hundredths = asNumber(division(over, under)[0]) * (value.negative ? -1 : 1);
    if (unit === "yuan") return { cents: hundredths };
    if (unit === "percent") return { percent: decimal(hundredths) };
    if (unit === "days" || unit === "months" || unit === "years") return { [unit]: hundredths / 100 };
    return hundredths % 100 ? { decimal: decimal(hundredths) } : hundredths / 100;
  }

  root.OfflineAmounts = { band, figure, fromHundredths, whole, workedOut, written };
  if (typeof module === "object") module.exports = root.OfflineAmounts;
})(typeof globalThis === "object" ? globalThis : self);
