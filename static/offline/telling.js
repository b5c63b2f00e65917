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
        id: entry.id, name: nameOf(entry), number: numbers.get(entry.id), wish: entry.item.wish, unsure: entry.item.unsure,
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
      const person = need.of && (rules.persons[need.of] || need.of);
      const each = need.of ? repeats(run, need.of) : null;
      const all = [].concat(...need.counts);
      const numbered = all.filter((count) => count.number).every(({ per }) => per && per === rules.repeat[need.of]);
      const [originals, copies] = [0, 1].map((turn) =>
        howMany(turn ? need.copies : need.originals, need.counts.map((pair) => pair[turn])));
      return {
        name: person ? speech.put("whose", { person, material: entry.name }) : entry.name,
        count: counts(originals, copies),
        hint: entry.hint || "", notes: Array.from(new Set(need.lines.map((line) => line.note).filter(Boolean))),
        waiver: waiver(need), group: need.group, choices: [], unsure: need.unsure,
        each: typeof each === "number" && !numbered ? each : 1, numbers: need.items.map((id) => numbers.get(id)),
      };
    }

    /** A row a paper, or several of which one is enough. */
    function materialRows(counter) {
      const groups = new Map();
      for (const need of told.materials.filter((one) => one.counter === counter)) {
        const key = need.choice || need;
        groups.set(key, (groups.get(key) || []).concat(need));
      }
      return Array.from(groups.values()).map((needs) => (needs.length > 1 ? choiceRow(needs) : materialRow(needs[0])));
    }

    function choiceRow(needs) {
      const rows = needs.map(materialRow);
      const written = [].concat(...needs.map((need) => need.lines.map((line) => line.any_of || {})));
      const label = written.map((any) => any.label).find(Boolean);
      return {
        name: label ? speech.put("any_of_for", { label }) : phrases.any_of, count: "", hint: "", waiver: "", group: "own",
        notes: Array.from(new Set(written.map((any) => any.note).filter(Boolean))), unsure: false, each: 1,
        numbers: rows[0].numbers, choices: rows,
      };
    }

    /** What is said first: how much there is to do, the most urgent day, what comes first, how much to bring. */
    function answer(applying, counter, papers) {
      const [number, more] = [applying.length, counter.length];
      const [first] = applying.concat(counter);
      const [urgent] = told.applying.filter(({ due }) => due && due.day).sort((one, other) => (one.due.day < other.due.day ? -1 : 1));
      const days = urgent ? ordinal(urgent.due.day) - ordinal(run.today) : 0;
      const left = days > 0 ? "left" : days === 0 ? "left_today" : "left_past";
      const where = first && first.facts.find(({ name }) => name === "where");
      return {
        verdict: speech.put(number && more ? "verdict_both" : number ? "verdict" : more ? "verdict_counter" : "verdict_none", { number, more }),
        urgent: urgent && {
          day: speech.day(urgent.due.day), left: speech.put(left, { days: Math.abs(days) }), item: nameOf(urgent), past: days < 0,
          unsure: Boolean(urgent.due.unsure),
        },
        first: first ? first.name : "", where: where ? where.text : "", whereUnsure: Boolean(where && where.unsure),
        bring: papers.filter(({ group }) => ["own", "given"].includes(group)).length, sign: papers.filter(({ group }) => group === "print").length,
      };
    }

    function joint() {
      if (told.joint === false) return rules.joint_else || phrases.apart;
      return told.joint ? phrases.joined : "";
    }

    const [applying, counter, materials] = [told.applying.map(itemRow), told.counter.map(itemRow), materialRows(false)];
    return {
      notice: told, code: told.code, open: told.open.length, joint: joint(), savings: told.savings, answer: answer(applying, counter, materials),
      applying, counter, not: told.not.map(itemRow), materials, asked: materialRows(true),
      notes: told.notes.map(noteRow), own: told.notes.filter((note) => rules.notes.includes(note)).map(noteRow),
      stops: told.stops.map((stop) => ({
        tell: tell(stop.tell, stop.past), instead: tell(stop.instead), unsure: unsure(stop.tell + (stop.instead || ""), stop.unsure),
      })),
      answers: run.asked.map((id) => [rules.byId[id], speech.answer(rules.byId[id], run.used[id])]),
    };
  }

  root.OfflineTelling = { telling };
})(typeof globalThis === "object" ? globalThis : self);
