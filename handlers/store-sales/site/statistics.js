/** Autocorrelation of a series at lags 0 to `lags`. */
export function autocorrelation(series, lags) {
  const mean = average(series);
  const centred = series.map((value) => value - mean);
  const variance = centred.reduce((sum, value) => sum + value * value, 0) || 1;
  return Array.from({ length: lags + 1 }, (_, lag) => {
    let sum = 0;
    for (let at = lag; at < centred.length; at += 1) sum += centred[at] * centred[at - lag];
    return sum / variance;
  });
}

/** Partial autocorrelation at lags 0 to `lags`, by the recursion of Durbin and Levinson. */
export function partialAutocorrelation(series, lags) {
  const r = autocorrelation(series, lags);
  const partial = [1];
  let weights = [];
  for (let lag = 1; lag <= lags; lag += 1) {
    const explained = weights.reduce((sum, weight, index) => sum + weight * r[lag - 1 - index], 0);
    const left = 1 - weights.reduce((sum, weight, index) => sum + weight * r[index + 1], 0);
    const own = left === 0 ? 0 : (r[lag] - explained) / left;
    weights = [...weights.map((weight, index) => weight - own * weights[lag - 2 - index]), own];
    partial.push(own);
  }
  return partial;
}

/** Spearman's correlation: that of the ranks, ties at their mean. */
export function spearman(left, right) {
  const [a, b] = [ranks(left), ranks(right)];
  const [meanA, meanB] = [average(a), average(b)];
  let [both, squareA, squareB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    both += (value - meanA) * (b[index] - meanB);
    squareA += (value - meanA) ** 2;
    squareB += (b[index] - meanB) ** 2;
  }
  return both / Math.sqrt(squareA * squareB || 1);
}

/** Prices on the days between two that have one: in a straight line. */
export function interpolated(values) {
  const filled = [...values];
  let last = -1;
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    for (let gap = last + 1; gap < index; gap += 1) {
      const before = last < 0 ? value : values[last];
      filled[gap] = before + ((value - before) * (gap - last)) / (index - last);
    }
    last = index;
  }
  return filled.map((value) => value ?? values[last]);
}

export function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}

function ranks(values) {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const made = new Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && order[to + 1].value === order[from].value) to += 1;
    for (let at = from; at <= to; at += 1) made[order[at].index] = (from + to) / 2;
    from = to + 1;
  }
  return made;
}
