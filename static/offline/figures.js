/* What is worked out of answers: the functions of bundles/computing, by the same names. Numbers come in hundredths, days as
   2026-11-22. A figure is {month: [2026, 11]}, {age: [60, 3]}, {cents}, {percent: "1.5"}, {months}, {decimal: "14.5"}, a day or a
   whole number.
   What the law sets comes along with the rules, by the names it has there (bundles/computing/law.py); here is arithmetic only. */
(function (root) {
  "use strict";

  const days = typeof module === "object" ? require("./days.js") : root.OfflineDays;
  const isNumber = (answer) => typeof answer === "number";
  const isDay = (answer) => typeof answer === "string" && /^\d{4}-\d\d-\d\d$/.test(answer);
  const whole = (hundredths) => Math.trunc(hundredths / 100);

  /* Months are counted from the year 0. */
  const counted = ([year, month]) => year * 12 + month - 1;
  const monthOf = (day) => (isDay(day) ? counted(days.parts(day)) : null);
  const yearOf = (month) => Math.floor(month / 12);
  const asMonth = (month) => (month === null ? null : { month: [yearOf(month), (month % 12) + 1] });

  // Retirement: bundles/computing/pensions.py

  function pensionsBy(law) {
    const {
      MEN, WOMEN_55, WOMEN_50, FLEXIBLE_MONTHS, EARLY_NOTICE_MONTHS, LATE_NOTICE_MONTHS, SPECIAL_AGE_MEN, SPECIAL_AGE_WOMEN,
      LEAST_MONTHS, MOST_LEAST_MONTHS, LAST_YEAR_OF_LEAST, LEAST_RISE_MONTHS, SOON_MONTHS, WORKING_AGE, AID_AGE_MEN,
      AID_AGE_WOMEN, PLATEAU_AID_AGE_MEN, PLATEAU_AID_AGE_WOMEN, NEAR_MONTHS,
    } = law;

    function delay(line, birth) {
      const months = birth - counted(line.first);
      return months < 0 ? 0 : Math.min(line.most, Math.floor(months / line.step) + 1);
    }

    const statutory = (line, birth) => birth + line.age * 12 + delay(line, birth);
    const earliest = (line, birth) => Math.max(birth + line.age * 12, statutory(line, birth) - FLEXIBLE_MONTHS);
    const latest = (line, birth) => statutory(line, birth) + FLEXIBLE_MONTHS;
    const leastMonths = (year) =>
      Math.min(MOST_LEAST_MONTHS, LEAST_MONTHS + LEAST_RISE_MONTHS * Math.max(0, year - LAST_YEAR_OF_LEAST));
    const specialMonth = (sex, birth) => birth + 12 * (sex === "male" ? SPECIAL_AGE_MEN : SPECIAL_AGE_WOMEN);

    /** The lines of article 1 that may be hers or his. */
    function lines({ sex, post, own_years, insured_as, flexible_women_line }) {
      const age = isNumber(flexible_women_line) ? String(flexible_women_line / 100) : flexible_women_line;
      const byCity = [WOMEN_50, WOMEN_55].filter((line) => String(line.age) === age);
      if (byCity.length && sex === "female" && insured_as !== "employed") return byCity;
      if (sex === "male") return [MEN];
      if (sex !== "female") return [];
      if (post === "cadre" && !["yes", "unsure"].includes(own_years)) return [WOMEN_55];
      return post === "worker" ? [WOMEN_50] : [WOMEN_50, WOMEN_55];
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
      const told = answers.notified === "yes" || ["flexible", "stopped", "unsure"].includes(answers.insured_as);
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
      const man = answers.sex === "male";
      const isOf = (years) => isDay(answers.birthday) && today >= days.addMonths(answers.birthday, years * 12);
      if (isOf(man ? AID_AGE_MEN : AID_AGE_WOMEN)) return "reached";
      return isOf(man ? PLATEAU_AID_AGE_MEN : PLATEAU_AID_AGE_WOMEN) ? "plateau" : "younger";
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

    return {
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
    };
  }

  // Homes: bundles/computing/homes.py. Prices are hundredths of 万元, so hundreds of yuan.

  function homesBy(law, pensions) {
    const {
      DEED_AREA, DEED_SMALL, DEED_LARGE, DEED_SICHUAN, VAT_HELD, VAT_FROM, VAT, VAT_BEFORE, FEES, FEE_PER_BOOK,
      BETWEEN_SPOUSES, LEAST_FUND_MONTHS, LONGEST_LOAN_YEARS, YEARS_AFTER_RETIREMENT, AFFORDABLE, BOTH_PAY, DOWN_SHARES,
    } = law;

    /** Half a unit goes up. */
    const rounded = (above, below) => Math.floor((2 * above + below) / (2 * below));
    const yuan = (hundredths) => ({ cents: hundredths * 10000 });

    /** Rates are hundredths of a percent, fees cents. */
    function deedPercent({ homes, floor_area }) {
      if (homes in DEED_SICHUAN) return DEED_SICHUAN[homes];
      if (!(homes in DEED_LARGE) || !isNumber(floor_area)) return null;
      return floor_area <= DEED_AREA ? DEED_SMALL : DEED_LARGE[homes];
    }

    function vatPercent(today, { acquired, bought_before }) {
      const since = isDay(bought_before) ? bought_before : acquired;
      if (!isDay(since) || days.add(since, VAT_HELD, {}) <= today) return 0;
      return today >= VAT_FROM ? VAT : VAT_BEFORE;
    }

    function deedRate(today, answers) {
      const rate = deedPercent(answers);
      return rate === null ? null : { percent: String(rate / 100) };
    }

    function deedTax(today, answers) {
      const [price, rate] = [answers.home_price, deedPercent(answers)];
      if (!isNumber(price) || rate === null) return null;
      return { cents: rounded(price * 100 * rate, 100 + vatPercent(today, answers) / 100) };
    }

    function valueAddedTax(today, answers) {
      const [price, rate] = [answers.home_price, vatPercent(today, answers)];
      return isNumber(price) ? { cents: rounded(price * 100 * rate, 100 + rate / 100) } : null;
    }

    function registrationFee(today, { home_kind, books: asked, cause }) {
      if (!(home_kind in FEES)) return null;
      const books = isNumber(asked) ? Math.max(100, asked) : 100;
      if (BETWEEN_SPOUSES.includes(cause)) return { cents: (FEE_PER_BOOK * books) / 100 };
      return { cents: FEES[home_kind] + (FEE_PER_BOOK * (books - 100)) / 100 };
    }

    function loanFrom(today, { fund_months }) {
      return isNumber(fund_months) ? asMonth(monthOf(today) + Math.max(0, LEAST_FUND_MONTHS - whole(fund_months))) : null;
    }

    function longestLoan(today, answers) {
      const retirement = pensions["pensions.statutory_month"](today, answers);
      if (retirement === null) return null;
      const months = counted(retirement.month) + YEARS_AFTER_RETIREMENT * 12 - monthOf(today);
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
      const below = ([, share]) => answers.down_payment * 100 * 100 < share * answers.home_price;
      const found = priced(answers) && DOWN_SHARES.find(below);
      return found ? found[0] : "from_30";
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

    return {
      "homes.deed_rate": deedRate,
      "homes.deed_tax": deedTax,
      "homes.value_added_tax": valueAddedTax,
      "homes.registration_fee": registrationFee,
      "homes.loan_from": loanFrom,
      "homes.longest_loan": longestLoan,
      "homes.loan_limit": loanLimit,
      "homes.limit": limit,
      "homes.borrower": (today, answers) => (pensions["pensions.age"](today, answers) === "retired" ? "retired" : "working"),
      "homes.down_share": downShare,
      "homes.down_percent": downPercent,
      "homes.balance": balance,
      "homes.rest": rest,
    };
  }

  // Survivors: bundles/computing/survivors.py

  function survivorsBy(law) {
    const {
      UNDER_FIVE, UNDER_TEN, UP_TO_FIFTEEN, FIRST_STEP, SECOND_STEP, THIRD_STEP, MOST, LEAST_WHEN_RETIRED,
    } = law;

    function monthsByContribution(years) {
      if (years < FIRST_STEP) return UNDER_FIVE;
      return years < SECOND_STEP ? UNDER_TEN : Math.min(UP_TO_FIFTEEN + Math.max(years - THIRD_STEP, 0), MOST);
    }

    /** A whole number, or one with what it has of two decimals. */
    const plain = (hundredths) => (hundredths % 100 ? { decimal: String(hundredths / 100) } : hundredths / 100);

    function pensionMonths(today, { pension, contribution_years, drawn_years }) {
      if (!isNumber(contribution_years)) return null;
      const months = monthsByContribution(contribution_years);
      if (pension !== "retired") return plain(months);
      return isNumber(drawn_years) ? plain(Math.max(months - drawn_years, LEAST_WHEN_RETIRED)) : null;
    }

    return {
      "survivors.pension_months": pensionMonths,
    };
  }

  /** All functions. `law` is what the law sets: `{module: {NAME: value}}`, of the modules that the rules use. */
  function figures(law) {
    const of = (module) => law[module] || {};
    const pensions = pensionsBy(of("pensions"));
    return Object.assign({}, pensions, homesBy(of("homes"), pensions), survivorsBy(of("survivors")));
  }

  root.OfflineFigures = figures;
  if (typeof module === "object") module.exports = root.OfflineFigures;
})(typeof globalThis === "object" ? globalThis : self);
