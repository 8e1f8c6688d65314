// Wh in a minute to kW: a sub-meter that is off is taken from the whole house's power.
const KW_PER_WH_A_MINUTE = 0.06;
const COLUMNS = [
  "Date",
  "Time",
  "Global_active_power",
  "Global_reactive_power",
  "Voltage",
  "Global_intensity",
  "Sub_metering_1",
  "Sub_metering_2",
  "Sub_metering_3",
];

/**
 * The file with the sub-meters named switched off, and the time of its last reading, "2009-12-01 00:59:00". Lines that
 * are no readings stay as they are: the splitter tells of them.
 * @throws an Error in words when the file holds no reading
 */
export function meterFile(text, { off }) {
  if (text.trim() === "") throw new Error("The file is empty.");
  const [header, ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const separator = header.includes(";") ? ";" : ",";
  const columns = header.split(separator).map((name) => name.trim());
  const missing = COLUMNS.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new Error(`This is no file of readings: its first line lacks ${missing.join(", ")}.`);
  }
  const [date, time, ...numbers] = COLUMNS.map((name) => columns.indexOf(name));
  const power = columns.indexOf("Global_active_power");
  const meters = off.map((name) => columns.indexOf(name));
  let last;
  const changed = lines.map((line) => {
    const cells = line.split(separator);
    if (cells.length !== columns.length || !numbers.every((column) => isNumber(cells[column]))) {
      return line;
    }
    const at = `${isoDate(cells[date])} ${cells[time].trim()}`;
    if (last === undefined || at > last) last = at;
    if (meters.length === 0) return line;
    const offKw = meters.reduce((sum, meter) => sum + cells[meter] * KW_PER_WH_A_MINUTE, 0);
    cells[power] = String(Math.round(Math.max(0, cells[power] - offKw) * 1000) / 1000);
    for (const meter of meters) cells[meter] = "0";
    return cells.join(separator);
  });
  if (last === undefined) throw new Error("The file holds no reading.");
  return { body: [header, ...changed].join("\n"), last };
}

function isNumber(cell) {
  return cell.trim() !== "" && Number.isFinite(Number(cell));
}

/** 1/12/2009 is 2009-12-01; a date of that form already stays. */
function isoDate(text) {
  const [day, month, year] = text.trim().split("/");
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text.trim();
}
