/* Tables of people: rows as they are typed -> the answers that they come to, as bundles/walking/members.py.
   A condition on columns is ["is", column, [values]], ["not", condition], ["all", conditions] or ["any", conditions]. */
(function (root) {
  "use strict";

  const { bandOf, read: readAnswer } = typeof module === "object" ? require("./engine.js") : root.Offline;
  const WHOLE_TABLE = -1;

  /** The columns that must be filled in for these questions to be answered. */
  function columnsFor(table, questions) {
    const results = table.results.filter(({ question }) => questions.includes(question));
    const used = results.reduce((all, { column, where }) => all.concat(column || [], named(where)), []);
    return table.columns.filter(({ id }) => used.includes(id));
  }

  function named([by, one]) {
    if (by === "is") return [one];
    return (by === "not" ? [one] : one).reduce((all, part) => all.concat(named(part)), []);
  }

  /** `{rows, refused}` of typed rows, by these columns alone: a row in which nothing is filled in isn't there. What is refused is
      told by row (from 0, of those typed) and column, or by the row -1 of the table as a whole. */
  function read(rules, today, table, typed, columns) {
    const rows = [];
    const refused = [];
    const refuse = (row, column, code, value, allowed) => refused.push({ row, column, refused: code, value, allowed });
    typed.forEach((cells, number) => {
      const found = columns.map((column) => readAnswer(rules, today, column, cells[column.id]));
      if (columns.length && found.every(({ answer }) => answer === null)) return;
      columns.forEach(({ id }, place) => {
        const cell = found[place];
        if (cell.answer === null) refuse(number, id, "not-filled", "", "");
        else if (cell.refused) refuse(number, id, cell.refused, cell.value, cell.allowed);
      });
      rows.push(new Map(columns.map(({ id }, place) => [id, found[place].answer])));
    });
    if (!rows.length) refuse(WHOLE_TABLE, "", "no-rows", "", "");
    if (rows.length > table.most) refuse(WHOLE_TABLE, "", "too-many-rows", String(rows.length), String(table.most));
    return { rows, refused };
  }

  /** What the rows, at least one, come to, for each of these questions that the table answers. */
  function answers(today, table, rows, questions) {
    const found = {};
    for (const result of table.results) {
      if (questions.includes(result.question)) {
        found[result.question] = answer(result, rows.filter((row) => holds(result.where, row, table, today)));
      }
    }
    return found;
  }

  function holds([by, one, values], row, table, today) {
    const inside = (part) => holds(part, row, table, today);
    if (by === "is") return values.includes(called(table.columns.find(({ id }) => id === one), row.get(one), today));
    if (by === "not") return !inside(one);
    return by === "all" ? one.every(inside) : one.some(inside);
  }

  const called = (column, cell, today) => (column.type === "number" ? bandOf(column, today, cell) : cell);

  function answer({ kind, column }, rows) {
    if (kind === "any") return rows.length ? "yes" : "no";
    if (kind === "count") return rows.length * 100;
    const numbers = rows.map((row) => row.get(column));
    if (kind === "sum") return numbers.reduce((all, number) => all + number, 0);
    return kind === "least" ? Math.min(...numbers) : Math.max(...numbers);
  }

  root.OfflineMembers = { WHOLE_TABLE, answers, columnsFor, read };
  if (typeof module === "object") module.exports = root.OfflineMembers;
})(typeof globalThis === "object" ? globalThis : self);
