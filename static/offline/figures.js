/* What is worked out of answers: the functions of bundles/computing, by the same names. Numbers come in hundredths, days as
   2026-11-22. A figure is {month: [2026, 11]}, {age: [60, 3]}, {cents}, {percent: "1.5"}, {months}, a day or a whole number. */
(function (root) {
  "use strict";

  const days = typeof module === "object" ? require("./days.js") : root.OfflineDays;
  const isNumber = (answer) => typeof answer === "number";
  const isDay = (answer) => typeof answer === "string" && /^\d{4}-\d\d-\d\d$/.test(answer);
  const whole = (hundredths) => Math.trunc(hundredths / 100);
  const after = (answer, span) => (isDay(answer) ? days.add(answer, span, {}) : null);

  /* Months are counted from the year 0. */
  const monthOf = (day) => (isDay(day) ? Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 : null);
  const yearOf = (month) => Math.floor(month / 12);
  const asMonth = (month) => (month === null ? null : { month: [yearOf(month), (month % 12) + 1] });

  // Retirement: bundles/computing/pensions.py

  const MEN = { age: 60, first: 1965 * 12, step: 4, most: 36 };
  const WOMEN_55 = { age: 55, first: 1970 * 12, step: 4, most: 36 };
  const WOMEN_50 = { age: 50, first: 1975 * 12, step: 2, most: 60 };
  const FLEXIBLE_MONTHS = 36;
  const EARLY_NOTICE_MONTHS = 3;
  const LATE_NOTICE_MONTHS = 1;
  const SPECIAL_AGE_MEN = 55;
  const SPECIAL_AGE_WOMEN = 45;
  const LEAST_MONTHS = 180;
  const MOST_LEAST_MONTHS = 240;
  const LAST_YEAR_OF_LEAST = 2029;
  const LEAST_RISE_MONTHS = 6;
  const SOON_MONTHS = 12;
  const WORKING_AGE = 16;
  const AID_AGE_MEN = 50;
  const AID_AGE_WOMEN = 40;
  const NEAR_MONTHS = 60;

  function delay(line, birth) {
    const months = birth - line.first;
    return months < 0 ? 0 : Math.min(line.most, Math.floor(months / line.step) + 1);
  }

  const statutory = (line, birth) => birth + line.age * 12 + delay(line, birth);
  const earliest = (line, birth) => Math.max(birth + line.age * 12, statutory(line, birth) - FLEXIBLE_MONTHS);
  const latest = (line, birth) => statutory(line, birth) + FLEXIBLE_MONTHS;
  const leastMonths = (year) =>
    Math.min(MOST_LEAST_MONTHS, LEAST_MONTHS + LEAST_RISE_MONTHS * Math.max(0, year - LAST_YEAR_OF_LEAST));
  const specialMonth = (sex, birth) => birth + 12 * (sex === "male" ? SPECIAL_AGE_MEN : SPECIAL_AGE_WOMEN);

  /** The lines of article 1 that may be hers or his. */
  function lines({ sex, post, insured_as, flexible_women_line }) {
    const age = isNumber(flexible_women_line) ? String(flexible_women_line / 100) : flexible_women_line;
    const byCity = { 50: [WOMEN_50], 55: [WOMEN_55] }[age];
    if (byCity && sex === "female" && insured_as !== "employed") return byCity;
    if (sex === "male") return [MEN];
    if (sex !== "female") return [];
    return { cadre: [WOMEN_55], worker: [WOMEN_50] }[post] || [WOMEN_50, WOMEN_55];
  }

  /** What holds for every line that may be theirs; null where the lines differ or an answer is missing. */
  function agreed(answers, ask) {
    const birth = monthOf(answers.birthday);
    const results = birth === null ? [] : lines(answers).map((line) => ask(line, birth));
    return results.length && results.every((result) => result === results[0]) ? results[0] : null;
  }

  function targetMonth(answers, line, birth) {
    if (answers.way === "early") return monthOf(answers.chosen);
    return answers.way === "special" ? specialMonth(answers.sex, birth) : statutory(line, birth);
  }

  function neededMonths(answers, line, birth) {
    if (answers.way === "special") return LEAST_MONTHS;
    const month = targetMonth(answers, line, birth);
    return month === null ? null : leastMonths(yearOf(month));
  }

  const agreedNeed = (answers) => agreed(answers, (line, birth) => neededMonths(answers, line, birth));

  function standing(today, answers) {
    const now = monthOf(today);
    const found = agreed(answers, (line, birth) => {
      const month = targetMonth(answers, line, birth);
      if (month === null) return null;
      return month <= now ? "due" : month <= now + SOON_MONTHS ? "soon" : "far";
    });
    return found || "unclear";
  }

  function monthCheck(today, answers) {
    const [now, chosen] = [monthOf(today), monthOf(answers.chosen)];
    const told = answers.notified === "yes" || ["flexible", "stopped"].includes(answers.insured_as);
    if (chosen === null) return "unclear";
    const early = (line, birth) => {
      if (chosen < earliest(line, birth)) return "too_early";
      if (chosen >= statutory(line, birth)) return "not_early";
      return told || chosen - EARLY_NOTICE_MONTHS >= now ? "fits" : "short_notice";
    };
    const late = (line, birth) => {
      if (chosen > latest(line, birth)) return "too_late";
      if (chosen <= statutory(line, birth)) return "not_late";
      return told || statutory(line, birth) - LATE_NOTICE_MONTHS >= now ? "fits" : "short_notice";
    };
    return agreed(answers, answers.way === "late" ? late : early) || "unclear";
  }

  function contributionYears(today, answers) {
    const { contributed, contributed_months: months } = answers;
    if (contributed === "over_20") return "enough";
    if (contributed === "under_15") return "short";
    if (contributed !== "between") return "unclear";
    const has = isNumber(months) ? whole(months) : LEAST_MONTHS;
    const found = agreed(answers, (line, birth) => {
      const needed = neededMonths(answers, line, birth);
      if (needed === null || (needed > LEAST_MONTHS && !isNumber(months))) return null;
      return has >= needed ? "enough" : "short";
    });
    return found || "unclear";
  }

  function age(today, answers) {
    const born = answers.birthday;
    if (isDay(born) && today < days.addMonths(born, WORKING_AGE * 12)) return "child";
    const found = agreed(answers, (line, birth) =>
      today >= days.addMonths(born, line.age * 12 + delay(line, birth)) ? "retired" : "working");
    return found || "unclear";
  }

  function aidAge(today, answers) {
    const years = answers.sex === "male" ? AID_AGE_MEN : AID_AGE_WOMEN;
    return isDay(answers.birthday) && today >= days.addMonths(answers.birthday, years * 12) ? "reached" : "younger";
  }

  function nearness(today, answers) {
    const near = agreed(answers, (line, birth) => statutory(line, birth) < monthOf(today) + NEAR_MONTHS);
    return near === null ? "unclear" : near ? "near" : "far";
  }

  function statutoryAge(today, answers) {
    const months = agreed(answers, (line, birth) => line.age * 12 + delay(line, birth));
    return months === null ? null : { age: [Math.floor(months / 12), months % 12] };
  }

  function ofBirth(ask) {
    return (today, answers) => {
      const birth = monthOf(answers.birthday);
      return birth === null ? null : asMonth(ask(birth, answers));
    };
  }

  function earlierBy(today, answers) {
    const [chosen, month] = [monthOf(answers.chosen), agreed(answers, statutory)];
    return chosen === null || month === null ? null : { months: Math.abs(month - chosen) };
  }

  function noticeMonth(today, answers) {
    if (answers.way !== "late") {
      const chosen = monthOf(answers.chosen);
      return chosen === null ? null : asMonth(chosen - EARLY_NOTICE_MONTHS);
    }
    const month = agreed(answers, statutory);
    return month === null ? null : asMonth(month - LATE_NOTICE_MONTHS);
  }

  function missing(today, answers) {
    const [months, least] = [answers.contributed_months, agreedNeed(answers)];
    return least === null || !isNumber(months) ? null : { months: Math.max(0, least - whole(months)) };
  }

  // Homes: bundles/computing/homes.py. Prices are hundredths of 万元, so hundreds of yuan.

  const DEED_AREA = 14000;
  const DEED_SMALL = 10;
  const DEED_LARGE = { none_owned: 15, one: 20 }; // tenths of a percent
  const VAT_HELD = [2, "years"];
  const VAT_FROM = "2026-01-01";
  const FEES = { home: 80, commercial: 550 };
  const FEE_PER_FURTHER_BOOK = 10;
  const LEAST_FUND_MONTHS = 6;
  const LONGEST_LOAN_YEARS = 30;
  const YEARS_AFTER_RETIREMENT = 5;
  const AFFORDABLE = ["presale_affordable", "ready_affordable"];
  const BOTH_PAY = ["pays", "low"];

  /** Half a unit goes up. */
  const rounded = (above, below) => Math.floor((2 * above + below) / (2 * below));
  const yuan = (hundredths) => ({ cents: hundredths * 10000 });

  function deedTenths({ homes, floor_area }) {
    if (!(homes in DEED_LARGE) || !isNumber(floor_area)) return null;
    return floor_area <= DEED_AREA ? DEED_SMALL : DEED_LARGE[homes];
  }

  function vatPercent(today, acquired) {
    if (!isDay(acquired) || days.add(acquired, VAT_HELD, {}) <= today) return 0;
    return today >= VAT_FROM ? 3 : 5;
  }

  function deedRate(today, answers) {
    const tenths = deedTenths(answers);
    return tenths === null ? null : { percent: String(tenths / 10) };
  }

  function deedTax(today, answers) {
    const [price, tenths] = [answers.home_price, deedTenths(answers)];
    if (!isNumber(price) || tenths === null) return null;
    return { cents: rounded(price * 1000 * tenths, 100 + vatPercent(today, answers.acquired)) };
  }

  function valueAddedTax(today, answers) {
    const [price, percent] = [answers.home_price, vatPercent(today, answers.acquired)];
    return isNumber(price) ? { cents: rounded(price * 10000 * percent, 100 + percent) } : null;
  }

  function registrationFee(today, { home_kind, books }) {
    if (!(home_kind in FEES)) return null;
    const further = isNumber(books) ? Math.max(0, books - 100) : 0;
    return { cents: FEES[home_kind] * 100 + FEE_PER_FURTHER_BOOK * further };
  }

  function loanFrom(today, { fund_months }) {
    return isNumber(fund_months) ? asMonth(monthOf(today) + Math.max(0, LEAST_FUND_MONTHS - whole(fund_months))) : null;
  }

  function longestLoan(today, answers) {
    const retirement = agreed(answers, statutory);
    if (retirement === null) return null;
    const months = retirement + YEARS_AFTER_RETIREMENT * 12 - monthOf(today);
    return Math.min(LONGEST_LOAN_YEARS, Math.max(0, Math.floor(months / 12)));
  }

  function mostLent(answers) {
    const home = AFFORDABLE.includes(answers.loan_home) ? "affordable_" : "";
    const most = answers[`limit_${home}${BOTH_PAY.includes(answers.spouse_fund) ? "double" : "single"}`];
    return isNumber(most) ? most : null;
  }

  function loanLimit(today, answers) {
    const most = mostLent(answers);
    return most === null ? null : yuan(most);
  }

  function limit(today, answers) {
    const most = mostLent(answers);
    if (most === null || !isNumber(answers.loan_wanted)) return "unknown";
    return answers.loan_wanted <= most ? "within" : "over";
  }

  const priced = ({ home_price, down_payment }) => isNumber(home_price) && isNumber(down_payment) && home_price > 0;

  function downShare(today, answers) {
    if (!priced(answers)) return "from_30";
    const reaches = (percent) => answers.down_payment * 100 >= percent * answers.home_price;
    return !reaches(15) ? "under_15" : !reaches(20) ? "under_20" : !reaches(30) ? "under_30" : "from_30";
  }

  function downPercent(today, answers) {
    if (!priced(answers)) return null;
    return { percent: String(rounded(answers.down_payment * 1000, answers.home_price) / 10) };
  }

  function restOf({ home_price, down_payment, loan_wanted }) {
    const known = [home_price, down_payment, loan_wanted].every(isNumber);
    return known ? home_price - down_payment - loan_wanted : null;
  }

  function balance(today, answers) {
    const left = restOf(answers);
    return !left ? "fits" : left > 0 ? "short" : "over";
  }

  function rest(today, answers) {
    const left = restOf(answers);
    return left === null ? null : yuan(Math.abs(left));
  }

  // Survivors: bundles/computing/survivors.py

  function monthsByContribution(years) {
    if (years < 500) return 300;
    return years < 1000 ? 600 : Math.min(900 + Math.max(years - 1500, 0), 2400);
  }

  function pensionMonths(today, { pension, contribution_years, drawn_years }) {
    if (!isNumber(contribution_years)) return null;
    const months = monthsByContribution(contribution_years);
    if (pension !== "retired") return whole(months);
    return isNumber(drawn_years) ? whole(Math.max(months - drawn_years, 900)) : null;
  }

  // Times taken: bundles/computing/times_taken.py

  function restaurantDays({ chain, fire_route, sign }) {
    return [chain === "direct" ? 0 : 10, { pledge: 1, inspect: 13 }[fire_route] || 0, sign === "plain" ? 5 : 0];
  }

  root.OfflineFigures = {
    "pensions.standing": standing,
    "pensions.month_check": monthCheck,
    "pensions.rising": (today, answers) => (agreedNeed(answers) === LEAST_MONTHS ? "no" : "yes"),
    "pensions.years": contributionYears,
    "pensions.age": age,
    "pensions.aid_age": aidAge,
    "pensions.nearness": nearness,
    "pensions.statutory_month": (today, answers) => asMonth(agreed(answers, statutory)),
    "pensions.statutory_age": statutoryAge,
    "pensions.month_by_50": ofBirth((birth) => statutory(WOMEN_50, birth)),
    "pensions.month_by_55": ofBirth((birth) => statutory(WOMEN_55, birth)),
    "pensions.special_month": ofBirth((birth, answers) => specialMonth(answers.sex, birth)),
    "pensions.earliest_month": (today, answers) => asMonth(agreed(answers, earliest)),
    "pensions.soonest_month": (today, answers) =>
      asMonth(agreed(answers, (line, birth) => Math.max(monthOf(today) + EARLY_NOTICE_MONTHS, earliest(line, birth)))),
    "pensions.latest_month": (today, answers) => asMonth(agreed(answers, latest)),
    "pensions.chosen_month": (today, answers) => asMonth(monthOf(answers.chosen)),
    "pensions.earlier_by": earlierBy,
    "pensions.notice_month": noticeMonth,
    "pensions.needed": (today, answers) => {
      const months = agreedNeed(answers);
      return months === null ? null : { months };
    },
    "pensions.missing": missing,
    "homes.deed_rate": deedRate,
    "homes.deed_tax": deedTax,
    "homes.value_added_tax": valueAddedTax,
    "homes.registration_fee": registrationFee,
    "homes.loan_from": loanFrom,
    "homes.longest_loan": longestLoan,
    "homes.loan_limit": loanLimit,
    "homes.limit": limit,
    "homes.borrower": (today, answers) => (age(today, answers) === "retired" ? "retired" : "working"),
    "homes.down_share": downShare,
    "homes.down_percent": downPercent,
    "homes.balance": balance,
    "homes.rest": rest,
    "survivors.pension_months": pensionMonths,
    "times_taken.restaurant_at_once": (today, answers) => Math.max(...restaurantDays(answers)),
    "times_taken.restaurant_in_turn": (today, answers) => restaurantDays(answers).reduce((sum, each) => sum + each, 0),
    "closures.public_until": (today, answers) => after(answers.announced_on, [20, "days"]),
    "closures.apply_until": (today, answers) => after(answers.announced_on, [40, "days"]),
    "closures.creditors_until": (today, answers) => after(answers.liquidators_on, [60, "days"]),
    "closures.claims_until": (today, answers) => after(answers.notice_on, [45, "days"]),
    "disability.speech_day": (today, answers) => after(answers.birthday, [3, "years"]),
    "disability.mental_day": (today, answers) => after(answers.birthday, [2, "years"]),
    "disability.reapply_day": (today, answers) => after(answers.cancelled_on, [1, "years"]),
    "marriages.man_from": (today, answers) => after(answers.man_birthday, [22, "years"]),
    "marriages.woman_from": (today, answers) => after(answers.woman_birthday, [20, "years"]),
  };
  if (typeof module === "object") module.exports = root.OfflineFigures;
})(typeof globalThis === "object" ? globalThis : self);
