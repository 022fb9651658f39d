/** Reads comma-separated values as RFC 4180 has them. */

/** The records of a table without its byte order mark, each a list of cells. */
export function records(text) {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/y;
  const all = [];
  let record = [];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error('not comma-separated values');
    const [, quoted, plain, end] = found;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') {
      all.push(record);
      record = [];
    }
  }
  return all;
}
