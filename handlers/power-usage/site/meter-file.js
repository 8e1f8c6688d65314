// Wh in a minute to kW: a sub-meter that is off is taken from the whole house's power.
const KW_PER_WH_A_MINUTE = 0.06;

/** The file with the sub-meters named switched off. Lines that are no readings stay as they are. */
window.switchedOff = (text, names) => {
  if (names.length === 0) return text;
  const [header = "", ...lines] = text.split(/\r?\n/);
  const separator = header.includes(";") ? ";" : ",";
  const columns = header.split(separator).map((name) => name.trim());
  const power = columns.indexOf("Global_active_power");
  const meters = names.map((name) => columns.indexOf(name));
  if (power < 0 || meters.includes(-1)) {
    throw new Error(
      `the file's first line lacks ${["Global_active_power", ...names].join(" or ")}`,
    );
  }
  const changed = lines.map((line) => {
    const cells = line.split(separator);
    const numbers = [power, ...meters].map((column) => Number(cells[column]));
    if (cells.length !== columns.length || numbers.some(Number.isNaN)) return line;
    const [kw, ...meterWh] = numbers;
    const off = meterWh.reduce((sum, wh) => sum + wh * KW_PER_WH_A_MINUTE, 0);
    cells[power] = String(Math.round(Math.max(0, kw - off) * 1000) / 1000);
    for (const meter of meters) cells[meter] = "0";
    return cells.join(separator);
  });
  return [header, ...changed].join("\n");
};
