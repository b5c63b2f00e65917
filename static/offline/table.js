/* Tables of people on the page, in the place of the questions that their rows answer, as guide/asking/table.py and
   guide/form/members.py have it. Rows are as they are typed, `{column: text}`; they lie in the page's state and nowhere else. */
(function (root) {
  "use strict";

  const { mayAsk, walk } = root.Offline;
  const { WHOLE_TABLE, answers, columnsFor, read } = root.OfflineMembers;
  const { chinese } = root.OfflineWords;

  const tableOf = (rules, question) => rules.members.find(({ results }) => results.some((result) => result.question === question));
  const questionsOf = ({ results }) => results.map(({ question }) => question);

  /** Of `{id: …}` what is under some ids, or under none of them. */
  const picked = (all, wanted) => Object.keys(all).filter(wanted).reduce((found, id) => Object.assign(found, { [id]: all[id] }), {});

  /** The table that answers a question to which the walk has come, as guide/asking/table.py knows it; null where there is none. */
  function sheetFor(rules, today, given, question) {
    const table = tableOf(rules, question.id);
    if (!table) return null;
    const before = picked(given, (id) => !questionsOf(table).includes(id));
    const { state } = walk(rules, before, today);
    const questions = questionsOf(table).filter((id) => mayAsk(rules, state, id));
    const columns = columnsFor(table, questions);
    return columns.length ? { table, before, questions, columns } : null;
  }

  /** All answers, with what the rows come to as far as the walk asks for it; or what is `refused` of them. */
  function answered(rules, today, { table, before, questions, columns }, typed) {
    const { rows, refused } = read(rules, today, table, typed, columns);
    if (refused.length) return { refused };
    const results = answers(today, table, rows, questions);
    const { used } = walk(rules, Object.assign({}, before, results), today);
    return { refused, answers: Object.assign({}, before, picked(results, (id) => id in used)) };
  }

  const columnsIn = (table, typed) => table.columns.filter(({ id }) => typed.some((row) => id in row));

  /** Rows that were typed, where nothing is wrong with them. */
  function sound(rules, today, table, typed) {
    const { rows, refused } = read(rules, today, table, typed, columnsIn(table, typed));
    return refused.length ? [] : rows;
  }

  /** The rows from which the answers come that a walk uses; none where any of these was given otherwise. */
  function rowsBehind({ rules, today, used }, table, typed) {
    const asked = questionsOf(table).filter((id) => id in used);
    const rows = asked.length ? sound(rules, today, table, typed) : [];
    const filledIn = columnsIn(table, typed);
    if (!rows.length || !columnsFor(table, asked).every((column) => filledIn.includes(column))) return [];
    const told = answers(today, table, rows, asked);
    return asked.every((id) => told[id] === used[id]) ? rows : [];
  }

  /** What a table's rows put into boxes of the form, by their names; `nameOf` names the box of a field and a turn. */
  function boxesOf(table, rows, nameOf) {
    const found = {};
    rows.forEach((row, place) => {
      for (const column of table.columns.filter(({ id, fills }) => fills && row.has(id))) {
        const cell = row.get(column.id);
        found[nameOf({ id: column.fills }, place + 1)] = column.type === "number" ? String(cell / 100)
          : chinese(column.choices.find(({ id }) => id === cell).label);
      }
    });
    return found;
  }

  const personOf = ({ columns }) => columns.map(({ fills }) => (fills ? fills.split(".")[0] : "")).find(Boolean);

  // The look

  const nameOf = ({ table }, place, { id }) => `${table.id}-${place}-${id}`;

  /** The boxes of all rows; `wrong` says by name what is wrong in one. `more` and `fewer` are what their buttons do. */
  function fieldsets(sheet, typed, wrong, { h, button, line, phrases, put }, more, fewer) {
    const legend = (place) => put("row", { number: place + 1, row: sheet.table.row });
    const box = (column, place) => {
      const name = nameOf(sheet, place, column);
      const described = [column.hint && `${name}-hint`, wrong[name] && `${name}-error`, column.unit && `${name}-unit`].filter(Boolean).join(" ");
      const attributes = { id: name, name, autocomplete: "off", "aria-describedby": described || null, "aria-invalid": wrong[name] ? "true" : null };
      const value = typed[place][column.id] || "";
      return h("div", { class: wrong[name] ? "box wrong" : "box" }, h("label", { for: name }, column.ask),
        column.hint && h("p", { class: "hint", id: `${name}-hint` }, column.hint),
        wrong[name] && h("p", { class: "error", id: `${name}-error` }, wrong[name]),
        h("div", { class: "measured" },
          column.type === "number" ? h("input", Object.assign(attributes, { inputmode: "decimal", value }))
            : select(column, attributes, value),
          column.unit && h("span", { id: `${name}-unit` }, column.unit)));
    };
    const select = (column, attributes, value) => {
      const hinted = ({ label, hint }) => (hint ? put("with_hint", { choice: label, hint }) : label);
      const options = [["", phrases.choose]].concat(column.choices.map((choice) => [choice.id, hinted(choice)]));
      return h("select", attributes, options.map(([id, text]) => {
        const option = h("option", { value: id, selected: id === value });
        option.textContent = line(text);
        return option;
      }));
    };
    const rows = typed.map((_row, place) => h("fieldset", { class: "card" }, h("legend", {}, legend(place)),
      h("div", { class: "boxes" }, sheet.columns.map((column) => box(column, place))),
      typed.length > 1 && h("p", { class: "actions" }, h("button", { type: "button", class: "quiet", "aria-label": `${line(phrases.row_fewer)} ${line(legend(place))}`,
        click: () => fewer(place) }, phrases.row_fewer))));
    return rows.concat(typed.length < sheet.table.most ? h("p", { class: "actions" }, button(phrases.row_more, more, "quiet")) : []);
  }

  /** What stands in the boxes. */
  function typedIn(sheet, form) {
    const rows = [];
    for (let place = 0; form.elements[nameOf(sheet, place, sheet.columns[0])]; place += 1) {
      rows.push(sheet.columns.reduce((row, column) => Object.assign(row, { [column.id]: form.elements[nameOf(sheet, place, column)].value.trim() }), {}));
    }
    return rows;
  }

  /** What is `wrong`, by the name of its box, and the `problem` of the table as a whole. */
  function mistakes(sheet, refused, put) {
    const found = { wrong: {}, problem: "" };
    for (const { row, column, refused: code, value, allowed } of refused) {
      const about = row === WHOLE_TABLE ? sheet.table : sheet.columns.find(({ id }) => id === column);
      const said = put(`refused_${code}`, { ask: about.ask, value, allowed });
      if (row === WHOLE_TABLE) found.problem = said;
      else found.wrong[nameOf(sheet, row, about)] = said;
    }
    return found;
  }

  root.OfflineTable = { answered, boxesOf, fieldsets, mistakes, nameOf, personOf, rowsBehind, sheetFor, typedIn };
})(typeof globalThis === "object" ? globalThis : self);
