/* A walk's notice in words: one row an item, a material, a remark. As guide/notice/rows.py. */
(function (root) {
  "use strict";

  const { figure, notice, reasons, repeats } = root.Offline;
  const FIGURE = /\{([a-z][a-z0-9_-]*)\}/g;
  const FACTS = ["result", "where", "how", "fee", "days", "legal_days", "basis"];

  /** The rows of a walk. `speech` is that of static/offline/words.js, `phrases` those of guide/offline/phrases.py. */
  function telling(run, speech, phrases) {
    const { rules } = run;
    const told = notice(run);
    const numbers = new Map(told.applying.concat(told.counter).map((entry, number) => [entry.id, number + 1]));

    const tell = (text) =>
      (text || "").replace(FIGURE, (found, name) => (name in rules.figures ? speech.figure(figure(run, name)) : found));

    /** Whether nobody confirmed a text, or a figure in it. */
    const unsure = (text, flag) =>
      Boolean(flag) || Array.from((text || "").matchAll(FIGURE)).some(([, name]) => rules.figures[name] && !rules.figures[name].confirmed);

    const nameOf = (entry) => (entry.words.name ? tell(entry.words.name.text) : entry.item.usual || entry.id);

    function deadline(due) {
      if (!due) return "";
      if (!due.day) return due.within ? speech.span(due.within) : phrases.ask_deadline;
      const last = speech.day(due.day);
      const day = due.contested ? speech.put("contested", { day: last, later: speech.day(due.contested) }) : last;
      return due.calendar ? day : speech.put("unless_holiday", { day });
    }

    function itemRow(entry) {
      const { department } = entry.words;
      const facts = FACTS.filter((name) => entry.words[name]).map((name) => {
        const said = entry.words[name];
        return { name, label: phrases[`fact_${name}`], text: tell(said.text), unsure: unsure(said.text, said.unsure) };
      });
      return {
        id: entry.id, name: nameOf(entry), number: numbers.get(entry.id), wish: entry.item.wish, unsure: entry.item.unsure,
        department: department ? rules.departments[department.text] : "",
        reasons: entry.standing === "open" ? [] : speech.because(reasons(run, entry.targets), run.used),
        deadline: deadline(entry.due), deadlineUnsure: Boolean(entry.due && entry.due.unsure),
        fee: facts.find((fact) => fact.name === "fee"), facts,
      };
    }

    const counts = (originals, copies) => [
      originals ? speech.put("originals", { number: originals }) : "", copies ? speech.put("copies", { number: copies }) : "",
    ].filter(Boolean).join(phrases.and);

    /** What all lines say alike; nothing where they differ. */
    function waiver(waivers) {
      const all = new Set(waivers);
      const [only] = all;
      return all.size === 1 && only ? phrases[`waived_${only}`] || phrases.waived : "";
    }

    /** Why the material is asked for, beyond why its items apply. */
    function ownReasons(need) {
      const items = told.items.filter((entry) => need.items.includes(entry.id));
      const known = reasons(run, [].concat(...items.map((entry) => entry.targets))).map(String);
      const left = reasons(run, need.conditions).filter((reason) => !known.includes(String(reason)));
      return speech.because(left, run.used);
    }

    function materialRow(need) {
      const entry = rules.materials[need.id];
      const person = need.of && (rules.persons[need.of] || need.of);
      const each = need.of ? repeats(run, need.of) : null;
      const apart = need.apart[0] + need.apart[1] > need.originals + need.copies;
      return {
        name: person ? speech.put("whose", { person, material: entry.name }) : entry.name,
        count: counts(need.originals, need.copies), apart: apart ? counts(...need.apart) : "",
        hint: entry.hint || "", notes: Array.from(new Set(need.lines.map((line) => line.note).filter(Boolean))),
        waiver: waiver(need.waivers), unsure: need.lines.some((line) => line.unsure), reasons: ownReasons(need),
        each: typeof each === "number" ? each : 1, numbers: need.items.map((id) => numbers.get(id)),
      };
    }

    function joint() {
      if (told.joint === false) return rules.joint_else || phrases.apart;
      return told.joint ? phrases.joined : "";
    }

    return {
      notice: told, code: told.code, open: told.open.length, joint: joint(), savings: told.savings,
      applying: told.applying.map(itemRow), counter: told.counter.map(itemRow), not: told.not.map(itemRow),
      materials: told.materials.filter((need) => !need.counter).map(materialRow),
      asked: told.materials.filter((need) => need.counter).map(materialRow),
      notes: told.notes.map((note) => ({ text: tell(note.tell), unsure: unsure(note.tell, note.unsure) })),
      stops: told.stops.map((stop) => ({
        tell: tell(stop.tell), instead: tell(stop.instead), unsure: unsure(stop.tell + (stop.instead || ""), stop.unsure),
      })),
      answers: run.asked.map((id) => [rules.byId[id], speech.answer(rules.byId[id], run.used[id])]),
    };
  }

  root.OfflineTelling = { telling };
})(typeof globalThis === "object" ? globalThis : self);
