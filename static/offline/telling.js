/* A walk's notice in words: one row an item, a material, a remark. As guide/notice/rows.py. */
(function (root) {
  "use strict";

  const { figure, notice, numberOf, reasons, repeats } = root.Offline;
  const { ordinal } = root.OfflineDays;
  const FIGURE = /\{([a-z][a-z0-9_-]*)\}/g;
  const FACTS = ["result", "where", "how", "due", "fee", "days", "legal_days", "basis"];
  const ASKED = ["where", "fee"];

  /** The rows of a walk. `speech` is that of static/offline/words.js, `phrases` those of guide/offline/phrases.py. */
  function telling(run, speech, phrases) {
    const { rules } = run;
    const told = notice(run);
    const numbers = new Map(told.applying.concat(told.counter).map((entry, number) => [entry.id, number + 1]));

    const figuresIn = (text) => Array.from((text || "").matchAll(FIGURE)).map(([, name]) => rules.figures[name]).filter(Boolean);

    /** A text with its figures; where something of it is past, up to which day it was said. */
    function tell(text, past) {
      const said = (text || "").replace(FIGURE, (found, name) => (name in rules.figures ? speech.figure(figure(run, name)) : found));
      const [first] = figuresIn(text).map((entry) => entry.past).concat(past).filter(Boolean).sort();
      return first ? speech.put("past", { text: said, day: speech.day(first) }) : said;
    }

    /** Whether nobody confirmed a text, or a figure in it. */
    const unsure = (text, flag) =>
      Boolean(flag) || figuresIn(text).some((entry) => !entry.confirmed);

    const nameOf = (entry) => (entry.words.name ? tell(entry.words.name.text) : entry.item.usual || entry.id);

    const itemNamed = (id) => nameOf(told.items.find((entry) => entry.id === id));
    const rivals = root.OfflineRivals && root.OfflineRivals.words(rules, told, { itemNamed, phrases, speech, tell, unsure });
    const beaten = rivals ? rivals.beaten : new Map();

    function deadline(due) {
      if (!due) return "";
      if (!due.day) return due.within ? speech.span(due.within) : phrases.ask_deadline;
      const last = speech.day(due.day);
      const day = due.contested ? speech.put("contested", { day: last, later: speech.day(due.contested) }) : last;
      return due.calendar ? day : speech.put("unless_holiday", { day });
    }

    const noteRow = (note) => ({ text: tell(note.tell, note.past), unsure: unsure(note.tell, note.unsure) });

    function itemRow(entry) {
      const { department } = entry.words;
      const facts = FACTS.filter((name) => entry.words[name]).map((name) => {
        const said = entry.words[name];
        const text = tell(said.text, said.past) || (ASKED.includes(name) ? phrases.ask : "");
        return { name, label: phrases[`fact_${name}`], text, unsure: unsure(said.text, said.unsure) };
      }).filter(({ text }) => text);
      return {
        id: entry.id, follows: follows(entry), name: nameOf(entry), number: numbers.get(entry.id), wish: entry.item.wish, unsure: entry.item.unsure,
        department: department ? rules.departments[department.text] : "",
        reasons: beaten.get(entry.id) || (entry.standing === "open" ? [] : speech.because(reasons(run, entry.targets), run.used)),
        contests: rivals ? rivals.of(entry.id) : [],
        notes: (entry.item.notes || []).filter((note) => told.notes.includes(note)).map(noteRow),
        beaten: beaten.has(entry.id), deadline: deadline(entry.due), deadlineUnsure: Boolean(entry.due && entry.due.unsure),
        fee: facts.find((fact) => fact.name === "fee"), facts,
      };
    }

    const isOpen = ({ per }) => Boolean(per) && !(per in run.used);

    function eachOf({ number, per }) {
      const { ask, unit } = rules.byId[per];
      return unit ? speech.put("each_of", { unit, number }) : `${number} × ${speech.put("quoted", { choice: ask })}`;
    }

    /** The number that some counts come to at the most; where it isn't known, as it is written. */
    function howMany(number, counts) {
      const asked = counts.filter((count) => count.number);
      const chosen = asked.find(isOpen) || asked.find((count) => numberOf(run, count) === number);
      if (chosen && isOpen(chosen)) return eachOf(chosen);
      return chosen && number && number !== chosen.number ? speech.put("with_each", { number, each: eachOf(chosen) }) : number;
    }

    const counts = (originals, copies) => [
      originals ? speech.put("originals", { number: originals }) : "", copies ? speech.put("copies", { number: copies }) : "",
    ].filter(Boolean).join(phrases.and);

    const waived = (by) => phrases[`waived_${by}`] || phrases.waived;

    /** What replaces a material: for all items alike, or for which, where that depends on answers. */
    function waiver(need) {
      const [only, ...others] = Array.from(new Set(need.waivers));
      if (!others.length) return only ? waived(only) : "";
      const found = new Map();
      need.lines.forEach((line, turn) => {
        const item = need.askers[turn];
        if (Array.isArray(line.waived) && line.waived.some((variant) => variant.when)) {
          found.set(item, (found.get(item) || new Set()).add(need.waivers[turn]));
        }
      });
      const alike = Array.from(found).filter(([, all]) => all.size === 1 && !all.has(""));
      return alike.map(([id, [by]]) => speech.put("waived_for", { item: itemNamed(id), waiver: waived(by) })).join("；");
    }

    function materialRow(need) {
      const entry = rules.materials[need.id];
      const each = need.of ? repeats(run, need.of) : null;
      const all = [].concat(...need.counts);
      const numbered = all.filter((count) => count.number).every(({ per }) => per && per === rules.repeat[need.of]);
      const [originals, copies] = [0, 1].map((turn) =>
        howMany(turn ? need.copies : need.originals, need.counts.map((pair) => pair[turn])));
      return {
        name: nameOfPaper(need), used: usedFor(need),
        count: counts(originals, copies),
        hint: entry.hint || "", notes: Array.from(new Set(need.lines.map((line) => line.note).filter(Boolean))),
        waiver: waiver(need), group: need.group, choices: [], unsure: need.unsure,
        each: typeof each === "number" && !numbered ? each : 1, numbers: need.items.map((id) => numbers.get(id)),
      };
    }

    /** What is asked for certain, or what the counter may ask for: a paper, or several of which one is enough. */
    function needGroups(counter) {
      const groups = new Map();
      for (const need of told.materials.filter((one) => one.counter === counter)) {
        const key = need.choice || need;
        groups.set(key, (groups.get(key) || []).concat(need));
      }
      return Array.from(groups.values());
    }

    const materialRows = (counter) => needGroups(counter).map((needs) => (needs.length > 1 ? choiceRow(needs) : materialRow(needs[0])));

    function nameOfPaper({ id, of }) {
      const { name } = rules.materials[id];
      return of ? speech.put("whose", { person: rules.persons[of] || of, material: name }) : name;
    }

    /** At which visits a paper is handed in; of what the counter decides for which item. */
    function usedFor({ items }) {
      const at = told.visits.map((visit, turn) => (visit.items.some((id) => items.includes(id)) ? turn + 1 : 0)).filter(Boolean);
      if (at.length) return told.visits.length > 1 ? speech.put("for_visits", { numbers: speech.together(at) }) : "";
      return speech.put("for_named", { names: speech.together(items.map(itemNamed)) });
    }

    function choiceRow(needs) {
      const rows = needs.map(materialRow);
      const written = [].concat(...needs.map((need) => need.lines.map((line) => line.any_of || {})));
      const label = written.map((any) => any.label).find(Boolean);
      return {
        name: label ? speech.put("any_of_for", { label }) : phrases.any_of, count: "", hint: "", waiver: "", group: needs[0].group,
        notes: Array.from(new Set(written.map((any) => any.note).filter(Boolean))), unsure: false, each: 1,
        numbers: rows[0].numbers, used: rows[0].used, choices: rows,
      };
    }

    const leftOf = (day) => {
      const days = ordinal(day) - ordinal(run.today);
      const left = days > 0 ? "left" : days === 0 ? "left_today" : "left_past";
      return { past: days < 0, text: speech.put(left, { days: Math.abs(days) }) };
    };
    const earliest = (all) => all.filter(({ due }) => due && due.day).sort((one, other) => (one.due.day < other.due.day ? -1 : 1))[0];
    const follows = ({ words }) => Boolean(words.at && (rules.places[words.at.text] || {}).follows);

    /** What the places are called where one goes, until when, what is done there and what one takes there. */
    function visitRow(visit, turn) {
      const entries = visit.items.map((id) => told.applying.find((entry) => entry.id === id));
      const named = visit.place.startsWith(":") ? rules.departments[visit.place.slice(1)] : (rules.places[visit.place] || {}).name;
      const wheres = entries.map(({ words }) => words.where).filter(Boolean);
      const alike = wheres.length && wheres[0].text && wheres.every(({ text, past }) => text === wheres[0].text && past === wheres[0].past);
      const urgent = earliest(entries);
      const left = urgent && leftOf(urgent.due.day);
      const waits = (one, ids) => (one.item.after || []).some((id) => ids.includes(id));
      const ids = (visits) => [].concat(...visits.map(({ items }) => items));
      const others = told.visits;
      const earlier = entries.some((entry) => waits(entry, ids(others.slice(0, turn))));
      const later = told.applying.some((entry) => ids(others.slice(turn + 1)).includes(entry.id) && waits(entry, visit.items));
      const papers = needGroups(false).filter(([need]) => need.group !== "spared" && need.items.some((id) => visit.items.includes(id)));
      const take = (signed) => speech.together(papers.filter(([need]) => (need.group === "print") === signed)
        .map((needs) => speech.either(needs.map(nameOfPaper))));
      const notes = new Map();
      for (const { item } of entries) (item.notes || []).filter((note) => told.notes.includes(note)).forEach((note) => notes.set(note.tell, note));
      return {
        number: turn + 1, place: named || phrases.window, trip: visit.trip, entries, follows: Boolean((rules.places[visit.place] || {}).follows),
        where: alike ? { text: tell(wheres[0].text, wheres[0].past), unsure: wheres.some(({ text, unsure: flag }) => unsure(text, flag)) } : null,
        unknown: visit.trip && !wheres.some(({ text }) => text),
        when: urgent ? speech.put(left.past ? "by_day_past" : "by_day", { day: speech.day(urgent.due.day), left: left.text }) : "",
        whenUnsure: Boolean(urgent && urgent.due.unsure),
        order: urgent ? "" : earlier ? phrases.after_others : later ? phrases.before_others : "",
        take: [take(false), take(true)].filter(Boolean).join("；"),
        notes: Array.from(notes.values()).map(noteRow),
      };
    }

    /** How much there is to do, and at how many places. */
    function amount(visits, more) {
      const number = told.applying.length;
      if (!number) return speech.put(more ? "verdict_counter" : "verdict_none", { more });
      const places = new Set(told.visits.filter(({ trip }) => trip).map(({ place }) => place)).size;
      const alone = told.visits.every(({ place }) => (rules.places[place] || {}).follows);
      const verdict = speech.put(places ? "verdict" : alone ? "verdict_alone" : "verdict_home", { number, places });
      return more ? speech.put("verdict_more", { verdict, more }) : verdict;
    }

    const shortened = (names) => (names.length > 2
      ? speech.put("and_others", { names: speech.together(names.slice(0, 2)), number: names.length }) : speech.together(names));

    /** What is said first: how much there is to do, the most urgent day, where to go first, how much to bring. */
    function answer(visits, counter, papers) {
      const { verdict } = told;
      const much = amount(visits, counter.length);
      const urgent = earliest(told.applying);
      const left = urgent && leftOf(urgent.due.day);
      const [first] = visits;
      const here = first ? first.entries.filter((entry) => !follows(entry)) : [];
      return {
        verdict: verdict ? tell(verdict.tell, verdict.past) : much, verdictUnsure: Boolean(verdict && unsure(verdict.tell, verdict.unsure)),
        lead: verdict ? much : "",
        urgent: urgent && {
          day: speech.day(urgent.due.day), left: left.text, item: nameOf(urgent), past: left.past, unsure: Boolean(urgent.due.unsure),
        },
        first: first ? first.place : counter.length ? counter[0].name : "", trip: Boolean(first && first.trip),
        what: first ? shortened((here.length ? here : first.entries).map(nameOf)) : "",
        firstUnsure: Boolean(first && first.where && first.where.unsure),
        bring: papers.filter(({ group }) => group === "own").length, sign: papers.filter(({ group }) => group === "print").length,
      };
    }

    function joint() {
      if (told.joint === false) return rules.joint_else || phrases.apart;
      return told.joint ? phrases.joined : "";
    }

    const [applying, counter, materials] = [told.applying.map(itemRow), told.counter.map(itemRow), materialRows(false)];
    const visits = told.visits.map(visitRow);
    return {
      notice: told, code: told.code, open: told.open.length, joint: joint(), savings: told.savings, visits, answer: answer(visits, counter, materials),
      applying, counter, not: told.not.map(itemRow), materials, asked: materialRows(true),
      notes: told.notes.filter((note) => note !== told.verdict).map(noteRow),
      own: told.notes.filter((note) => rules.notes.includes(note) && note !== told.verdict).map(noteRow),
      stops: told.stops.map((stop) => ({
        tell: tell(stop.tell, stop.past), instead: tell(stop.instead), unsure: unsure(stop.tell + (stop.instead || ""), stop.unsure),
      })),
      answers: run.asked.map((id) => [rules.byId[id], speech.answer(rules.byId[id], run.used[id])]),
    };
  }

  root.OfflineTelling = { telling };
})(typeof globalThis === "object" ? globalThis : self);
