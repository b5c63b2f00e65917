/* Days as 2026-11-22: spans after the Civil Code (art. 200-204), working days of the published calendar. As bundles/times.py.
   What people write, made plain; days in every spelling. As bundles/walking/written.py. */
(function (root) {
  "use strict";

  const DAY = 86400000;
  const LAST_YEAR = 9999;

  const parts = (day) => day.split("-").map(Number);
  const pad = (number, width) => String(number).padStart(width, "0");
  const write = (year, month, day) => `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;

  function ordinal(day) {
    const [year, month, number] = parts(day);
    return Date.UTC(year, month - 1, number) / DAY;
  }

  function fromOrdinal(number) {
    const day = new Date(number * DAY);
    return write(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate());
  }

  const monthLength = (year, month) => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const isDay = (year, month, day) =>
    year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
  const plus = (day, number) => fromOrdinal(ordinal(day) + number);

  /** The last day of a span that begins the day after; null past the year 9999. */
  function add(day, span, calendar) {
    const [number, unit] = span;
    if (unit === "working days") return addWorkingDays(day, number, calendar);
    if (unit === "days") {
      const end = ordinal(day) + number;
      return end > ordinal("9999-12-31") ? null : fromOrdinal(end);
    }
    return addMonths(day, number * (unit === "years" ? 12 : 1));
  }

  function addMonths(day, number) {
    const [year, month, date] = parts(day);
    const months = year * 12 + month - 1 + number;
    const [endYear, endMonth] = [Math.floor(months / 12), (months % 12) + 1];
    return endYear > LAST_YEAR ? null : write(endYear, endMonth, Math.min(date, monthLength(endYear, endMonth)));
  }

  function addWorkingDays(day, number, calendar) {
    while (number > 0) {
      day = plus(day, 1);
      if (isWorkingDay(day, calendar)) number -= 1;
    }
    return day;
  }

  /** Whether that year's holidays are published. */
  const knows = (day, calendar) => day.slice(0, 4) in calendar;

  function isWorkingDay(day, calendar) {
    const weekday = new Date(ordinal(day) * DAY).getUTCDay();
    const usual = weekday !== 0 && weekday !== 6;
    const [off, on] = calendar[day.slice(0, 4)] || ["", ""];
    return (usual ? off : on).split(",").includes(day.slice(5, 7) + day.slice(8)) ? !usual : usual;
  }

  /** The day on which a deadline ends (null where it can't be said), and whether the calendar is known for it. */
  function lastDay(start, span, calendar) {
    let day = add(start, span, calendar);
    if (day === null || !knows(day, calendar)) return { day, calendar: day === null };
    while (knows(day, calendar) && !isWorkingDay(day, calendar)) day = plus(day, 1);
    return { day, calendar: knows(day, calendar) };
  }

  /** The last day of the month or year of a day, or of one so many later: ["month", 1]; null past the year 9999. */
  function endOf(day, [unit, plus]) {
    const [year, month] = parts(day);
    const months = unit === "month" ? year * 12 + month - 1 + plus : (year + plus) * 12 + 11;
    const [endYear, endMonth] = [Math.floor(months / 12), (months % 12) + 1];
    return endYear > LAST_YEAR ? null : write(endYear, endMonth, monthLength(endYear, endMonth));
  }

  // What is typed

  const UNSEEN = /[\p{DI}\u180f\ufff9-\ufffb\0-\x08\x0e-\x1f\x7f-\x9f]/gu;
  const BETWEEN = "[\\s\\-/.,、。·\\\\_‐-―−]";
  const DAY_WRITTEN = new RegExp(`^${BETWEEN}*(\\d{4})(?:\\s*年${BETWEEN}*|${BETWEEN}+)(\\d{1,2})(?:\\s*月份?${BETWEEN}*|${BETWEEN}+)`
    + `(\\d{1,2})\\s*[日号號]?${BETWEEN}*$`);
  const COMPACT = new RegExp(`^${BETWEEN}*(\\d{4})(\\d\\d)(\\d\\d)${BETWEEN}*$`);
  const DIGITS = "〇一二三四五六七八九";
  const TENS = /([一二三]?)十([一二三四五六七八九]?)/g;
  const SPELT = { "○": "〇", 零: "〇", O: "〇", o: "〇", 壹: "一", 贰: "二", 叁: "三", 肆: "四", 伍: "五", 陆: "六", 柒: "七", 捌: "八",
    玖: "九", 拾: "十", 廿: "二十", 卅: "三十" };
  const MOST_DAY = 40;

  const visible = (text) => text.replace(UNSEEN, "");
  const plain = (text) => visible(text).normalize("NFKC").trim();

  /** Chinese numerals as digits. */
  function inDigits(text) {
    const value = (letter) => DIGITS.indexOf(letter);
    return Array.from(text, (letter) => SPELT[letter] || letter).join("").replace(/元月/g, "一月")
      .replace(TENS, (_all, tens, ones) => String(value(tens || "一") * 10 + value(ones || "〇")))
      .replace(/[〇一二三四五六七八九]/g, value);
  }

  /** `{day}` that a plain text says, or `{refused, value}`. */
  function written(text) {
    const digits = inDigits(Array.from(text).slice(0, MOST_DAY).join(""));
    const found = DAY_WRITTEN.exec(digits) || COMPACT.exec(digits);
    const [year, month, day] = found ? found.slice(1).map(Number) : [0, 0, 0];
    if (!year) return { refused: "not-a-date", value: text };
    if (isDay(year, month, day)) return { day: write(year, month, day) };
    return { refused: month >= 1 && month <= 12 ? "no-such-day" : "no-such-month", value: [year, month, day].join("-") };
  }

  root.OfflineDays = { add, addMonths, endOf, isDay, lastDay, ordinal, parts, plain, plus, visible, write, written };
  if (typeof module === "object") module.exports = root.OfflineDays;
})(typeof globalThis === "object" ? globalThis : self);
