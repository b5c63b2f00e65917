/* Reads {"rules", "phrases"} on the first line of its input, then {"answers", "today"} a line, and prints what
   static/offline/telling.js tells of each, in the shape of `told_on_the_site` in test_offline_page.py. */
"use strict";

const readline = require("readline");
const offline = require("../../../static/offline/engine.js");
const { speech } = require("../../../static/offline/words.js");
require("../../../static/offline/telling.js");

function readAll(rules, wish) {
  const answers = {};
  for (const question of rules.questions) {
    const { answer } = offline.read(rules, wish.today, question, wish.answers[question.id]);
    if (answer !== null) answers[question.id] = answer;
  }
  return answers;
}

function told(rules, phrases, wish) {
  const run = offline.walk(rules, readAll(rules, wish), wish.today);
  const rows = globalThis.OfflineTelling.telling(run, speech(rules, phrases), phrases);
  const facts = (row) => row.facts.map((fact) => [fact.label, fact.text, !fact.unsure]);
  const material = (row) => [row.name, row.count, row.hint, row.used, row.waiver, row.notes, row.each,
    !row.unsure, row.choices.map(material)];
  return {
    items: rows.applying.concat(rows.counter).map((row) =>
      [row.number, row.name, row.department, row.reasons, row.deadline, !row.deadlineUnsure, facts(row),
        row.contests.map((contest) => [contest.text, !contest.unsure]), row.notes.map((note) => [note.text, !note.unsure])]),
    not: rows.not.map((row) => [row.name, row.reasons]),
    materials: rows.materials.concat(rows.asked).map(material),
    answer: [rows.answer.verdict, rows.answer.urgent ? [rows.answer.urgent.day, rows.answer.urgent.left, rows.answer.urgent.item,
      rows.answer.urgent.past, !rows.answer.urgent.unsure] : null, !rows.answer.verdictUnsure, rows.answer.lead,
      rows.answer.first, rows.answer.trip, rows.answer.what, !rows.answer.firstUnsure,
      rows.answer.bring, rows.answer.sign],
    visits: rows.visits.map((row) => [row.number, row.place, row.trip, row.where && [row.where.text, !row.where.unsure], row.unknown,
      row.when, row.order, !row.whenUnsure, row.take, row.entries.map(({ id }) => id), row.notes.map((note) => note.text)]),
    own: rows.own.map((note) => [note.text, !note.unsure]),
    notes: rows.notes.map((note) => [note.text, !note.unsure]),
    joint: rows.joint,
    stops: rows.stops.map((stop) => [stop.tell, stop.instead]),
    answers: rows.answers.map(([question, answer]) => [question.ask, answer]),
  };
}

let data = null;
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const wish = JSON.parse(line);
  if (wish.rules) data = { rules: offline.open(wish.rules), phrases: wish.phrases };
  else process.stdout.write(`${JSON.stringify(told(data.rules, data.phrases, wish))}\n`);
});
