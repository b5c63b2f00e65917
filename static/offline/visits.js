/* From which place to which an applicant goes, as bundles/results/visits.py has it. */
(function (root) {
  "use strict";

  const LATE = "9999-12-31";

  /** The visits for the items that apply; `rules` name their places. */
  function visits(rules, applying) {
    const ids = applying.map((told) => told.id);
    const after = {};
    rules.items.forEach((item) => { after[item.id] = item.after || []; });
    const before = (id) => after[id].concat(...after[id].map(before));
    const waits = {};
    const place = {};
    for (const { id, words } of applying) {
      waits[id] = before(id).filter((other) => ids.includes(other));
      place[id] = words.at ? words.at.text : `:${words.department ? words.department.text : ""}`;
    }
    const entry = (id) => rules.places[place[id]] || {};
    const dueOf = ({ due }) => (due && due.day) || LATE;
    const rank = {};
    applying.forEach((told, turn) => {
      const days = applying.filter((other) => other === told || waits[other.id].includes(told.id)).map(dueOf).sort();
      rank[told.id] = `${days[0]} ${String(turn).padStart(4, "0")}`;
    });
    const [along, errands] = [ids.filter((id) => entry(id).follows), ids.filter((id) => !entry(id).follows)];
    const ready = (id, done) => waits[id].every((other) => done.includes(other) || along.includes(other));

    function doable(where, done) {
      const found = [];
      for (;;) {
        const known = done.concat(found);
        const fresh = errands.filter((id) => place[id] === where && !known.includes(id) && ready(id, known));
        if (!fresh.length) return found;
        found.push(...fresh);
      }
    }

    const urgency = (round) => round.map((id) => rank[id]).sort()[0];
    const order = (rounds) => `${String(rounds.length).padStart(4, "0")} ${rounds.map(urgency).join(" ")}`;
    const least = (all, by) => all.reduce((one, other) => (by(other) < by(one) ? other : one));

    /** The fewest visits for what is left, of these the most urgent first. */
    function rest(done) {
      const left = errands.filter((id) => !done.includes(id));
      if (!left.length) return [];
      const found = Array.from(new Set(left.map((id) => place[id]))).map((where) => [where, doable(where, done)]);
      const whole = found.filter(([where, round]) => left.every((id) => place[id] !== where || round.includes(id)));
      const next = (round) => [round].concat(rest(done.concat(round)));
      const rounds = (all) => all.map(([, round]) => round).filter((round) => round.length);
      return whole.length ? next(least(rounds(whole), urgency)) : least(rounds(found).map(next), order);
    }

    const all = [];
    for (let left = rest([]); left.length;) { // the same rounds, the most urgent of those that wait for nothing first
      const done = [].concat(...all);
      const first = least(left.filter((round) => round.every((id) => ready(id, done.concat(round)))), urgency);
      all.push(first.slice());
      left = left.filter((round) => round !== first);
    }
    for (const id of along) {
      const last = all.slice().reverse().find((round) => waits[id].some((other) => round.includes(other)));
      if (last || all[0]) (last || all[0]).push(id);
      else all.push([id]);
    }
    return all.map((round) => {
      const own = round.find((id) => !entry(id).follows) || round[0];
      return { place: place[own], trip: !entry(own).home, items: ids.filter((id) => round.includes(id)) };
    });
  }

  root.OfflineVisits = { visits };
  if (typeof module === "object") module.exports = root.OfflineVisits;
})(typeof globalThis === "object" ? globalThis : self);
