/* Of which only one can be had: what is told of it, as bundles/results/notices.py and guide/notice/rows.py have it. */
(function (root) {
  "use strict";

  /** Where only one can be had of what the applicant could have: what is told, what is out because of it, what is held. */
  function contests(run, items, holds, decided) {
    const standings = {};
    const alone = {};
    items.forEach((told) => { standings[told.id] = told.standing; });
    run.rules.items.forEach((item) => { alone[item.id] = item.alone; });
    const couldBe = (id) => alone[id] === undefined || decided(run, alone[id]) !== false;

    function contest(group) {
      const [told, out, held] = [[], [], []];
      for (const rival of group.rivals) {
        if (rival.held) {
          if (holds(run, rival.held)) held.push(rival.label);
        } else if (["applies", "counter"].includes(standings[rival.item])) told.push(rival.item);
        else if (told.length + held.length && standings[rival.item] === "not" && couldBe(rival.item)) out.push(rival.item);
      }
      return { id: group.id, tell: group.tell || "", unsure: Boolean(group.unsure), past: group.past, told, out, held };
    }

    const found = items.length ? run.rules.one_of.map(contest) : [];
    return found.filter((one) => one.told.length + one.out.length + one.held.length > 1);
  }

  /** What is said beside an item (`of`), and per item that is out what it can't be had besides (`beaten`). */
  function words(rules, told, { itemNamed, phrases, speech, tell, unsure }) {
    const rivalsOf = ({ id }) => rules.one_of.find((group) => group.id === id).rivals;
    const rivalName = (rival) => (rival.item ? itemNamed(rival.item) : rival.label);
    const isIn = (found, ids) => (rival) => (rival.item ? ids.includes(rival.item) : found.held.includes(rival.label));

    const beaten = new Map();
    for (const contest of told.contests) {
      for (const id of contest.out) {
        const winner = rivalsOf(contest).find(isIn(contest, contest.told));
        beaten.set(id, (beaten.get(id) || []).concat(speech.put("beaten", { name: rivalName(winner) })));
      }
    }

    function row(contest) {
      const several = contest.told.length > 1;
      const flag = unsure(contest.tell, contest.unsure);
      if (contest.tell) return { text: tell(contest.tell, contest.past) + (several ? phrases.counter_decides : ""), unsure: flag };
      const names = rivalsOf(contest).filter(isIn(contest, contest.told.concat(contest.out))).map(rivalName);
      const text = speech.put(several ? "one_of_counter" : "one_of", { names: speech.together(names), name: names[0] });
      return { text, unsure: flag };
    }

    return { beaten, of: (id) => told.contests.filter((contest) => contest.told.includes(id)).map(row) };
  }

  root.OfflineRivals = { contests, words };
  if (typeof module === "object") module.exports = root.OfflineRivals;
})(typeof globalThis === "object" ? globalThis : self);
