/* Reads the rules of an offline page on the first line of its input, then {"answers": {...}, "today": ...} a line, and prints
   the outcome of each: the keys of bundles/results/outcomes.py that tests/bundles/results/offline_engine.py compares. A line {"rules": ...} changes the rules. */
"use strict";

const readline = require("readline");
const { decode } = require("../../../static/offline/codes.js");
const offline = require("../../../static/offline/engine.js");

const counter = (flag) => (flag ? { standing: "counter" } : {});
const repeated = (run, need) =>
  (need.person in run.rules.repeat ? { repeat: offline.repeats(run, need.person) } : {});
const told = (run, text) =>
  text.replace(/\{([a-z][a-z0-9_-]*)\}/g, (found, name) =>
    (name in run.rules.figures ? JSON.stringify(offline.figure(run, name)) : found));

function readAll(rules, wish) {
  const answers = {};
  for (const question of rules.questions) {
    const { answer, refused } = offline.read(rules, wish.today, question, wish.answers[question.id]);
    if (refused) throw new Error(`${question.id}: ${refused}`);
    if (answer !== null) answers[question.id] = answer;
  }
  return answers;
}

function outcome(rules, wish) {
  const run = offline.walk(rules, readAll(rules, wish), wish.today);
  const notice = offline.notice(run);
  return {
    state: run.status,
    question: run.question && run.question.id,
    shown: run.shown,
    asked: run.asked,
    most: offline.most(rules, run.state),
    items: notice.items.map((item) => Object.assign(
      { id: item.id, standing: item.standing, because: item.because, reasons: offline.reasons(run, item.targets) },
      item.due && item.due.day ? { deadline: item.due.day, calendar: item.due.calendar } : {},
      { words: Object.keys(item.words).sort().map((name) => [name, told(run, item.words[name].text || "")]) })),
    visits: notice.visits.map((visit) => [visit.place, visit.trip, visit.items]),
    materials: notice.materials.map((need) => Object.assign(
      { id: need.id, of: need.of, originals: need.originals, copies: need.copies, for: need.items,
        waivers: need.waivers, group: need.group, choice: need.choice },
      counter(need.counter))),
    fields: notice.fields.map((need) => Object.assign(
      { id: need.id, for: need.items, value: need.value }, repeated(run, need), counter(need.counter))),
    stops: notice.stops.map((stop) => [stop.id, told(run, stop.tell), told(run, stop.instead || "")]),
    notes: notice.notes.map((note) => [note.id, told(run, note.tell)]),
    contests: notice.contests.map((one) => [one.id, one.tell, one.told, one.out, one.held]),
    same: notice.same.map((entry) => [entry.person, entry.other]),
    savings: notice.savings,
    joint: notice.joint,
    code: notice.code,
    opened: notice.code && reopened(rules, notice.code, wish.today),
  };
}

/** The region of a code, and the code of the answers that are read from it. */
function reopened(rules, code, today) {
  const { region, answers } = decode(rules, code);
  return [region, offline.notice(offline.walk(rules, readAll(rules, { answers, today }), today)).code];
}

let rules = null;
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const wish = JSON.parse(line);
  if (wish.rules) rules = offline.open(wish.rules);
  else process.stdout.write(`${JSON.stringify(outcome(rules, wish))}\n`);
});
