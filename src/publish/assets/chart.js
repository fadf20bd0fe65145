/* Draws the chart of each table that has data-chart above it, from the data- attributes of its rows,
   and from its data-more what stands on other pages (publish/figure_chart_int.h). A source has one
   shape, colour and dash; what is proposed is hollow, accepted filled, disputed hatched. An open end
   is an arrow, a range a bar, "about" a soft band. */
"use strict";
(() => {
  const SHAPES = [
    [[0, -1], [0.87, 0.5], [-0.87, 0.5]],
    [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]],
    [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
    [[0, 1], [0.87, -0.5], [-0.87, -0.5]],
    [[0, -1], [0.95, -0.31], [0.59, 0.81], [-0.59, 0.81], [-0.95, -0.31]],
    [[-0.35, -1], [0.35, -1], [0.35, -0.35], [1, -0.35], [1, 0.35], [0.35, 0.35], [0.35, 1],
      [-0.35, 1], [-0.35, 0.35], [-1, 0.35], [-1, -0.35], [-0.35, -0.35]],
    [[-1, -0.6], [1, -0.6], [1, 0.6], [-1, 0.6]],
  ];
  const DASHES = [[], [7, 4], [2, 3], [8, 3, 2, 3], [12, 3]];
  const COLOURS = 6;
  const SIZE = 6, NEAR = 16, ARROW = 24;

  const rtl = document.documentElement.dir === "rtl";
  const root = () => getComputedStyle(document.documentElement);
  const pairs = (text) => (text || "").split("|").filter(Boolean).map((pair) => {
    const at = pair.indexOf("=");
    return { at: Number(pair.slice(0, at)), label: pair.slice(at + 1) };
  });

  const inks = () => {
    const style = root();
    const named = (name) => style.getPropertyValue(name).trim();
    return {
      ink: named("--ink"), soft: named("--soft"), hair: named("--hair"), paper: named("--paper"),
      series: Array.from({ length: COLOURS }, (_, i) => named("--series-" + (i + 1))),
      font: getComputedStyle(document.body).fontFamily,
    };
  };

  const colourOf = (source, ink) => ink.series[source % COLOURS];
  const text = (node) => (node ? node.textContent.trim().replace(/\s+/g, " ") : "");

  const marksOnRows = (table) => [...table.querySelectorAll("tbody tr[data-source]")].map((row) => {
    const number = (name) => Number(row.dataset[name]);
    const link = row.querySelector("th a");
    return {
      row, source: number("source"), first: number("first"), last: number("last"),
      at: number("at"), low: number("low"), high: number("high"),
      bound: row.dataset.bound, state: row.dataset.state, href: link.href, value: text(link),
      name: text(row.querySelector(".source bdi")), stand: text(row.querySelector(".stand")),
      word: text(row.querySelector(".state")),
    };
  });

  const marksElsewhere = (table) => (table.dataset.more || "").split("\n").filter(Boolean)
    .map((line) => {
      const [source, first, last, bound, at, low, high, state, count, value, name, stand] = line.split("\t");
      return {
        row: null, source: Number(source), first: Number(first), last: Number(last), bound,
        at: Number(at), low: Number(low), high: Number(high), state, value, name, stand, word: "",
        href: "?from=" + count + "#count-" + count,
      };
    });

  const marksOf = (table) => [...marksOnRows(table), ...marksElsewhere(table)].map((mark) =>
    Object.assign(mark, { day: (mark.first + mark.last) / 2 }),
  ).sort((a, b) => a.day - b.day).map((mark, i, all) => {
    // marks at one place stand side by side
    const same = all.slice(0, i).filter((one) => one.day === mark.day && one.at === mark.at);
    return Object.assign(mark, { aside: same.length * (2 * SIZE + 1) });
  });

  /* ---- marks ---- */

  const outline = (pen, source, x, y, size) => {
    const shape = source % (SHAPES.length + 1);
    pen.beginPath();
    if (shape === 0) {
      pen.arc(x, y, size, 0, 2 * Math.PI);
    } else {
      SHAPES[shape - 1].forEach(([dx, dy], i) =>
        pen[i ? "lineTo" : "moveTo"](x + dx * size, y + dy * size));
    }
    pen.closePath();
  };

  const hatch = (pen, x, y, size, ratio) => {
    pen.save();
    pen.clip();
    pen.lineWidth = ratio;
    pen.beginPath();
    for (let d = -2 * size; d <= 2 * size; d += 3 * ratio) {
      pen.moveTo(x + d - size, y + size);
      pen.lineTo(x + d + size, y - size);
    }
    pen.stroke();
    pen.restore();
  };

  const drawShape = (pen, ink, mark, x, y, ratio) => {
    const size = SIZE * ratio, colour = colourOf(mark.source, ink);
    pen.setLineDash([]);
    pen.lineWidth = 1.8 * ratio;
    pen.strokeStyle = colour;
    pen.fillStyle = mark.state === "accepted" ? colour : ink.paper;
    outline(pen, mark.source, x, y, size);
    pen.fill();
    if (mark.state === "disputed") {
      hatch(pen, x, y, size, ratio);
      outline(pen, mark.source, x, y, size);
    }
    pen.stroke();
  };

  const drawArrow = (pen, x, y, up, colour, ratio) => {
    const way = up ? -1 : 1, end = y + way * ARROW * ratio, head = 4 * ratio;
    pen.setLineDash([]);
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5 * ratio;
    pen.beginPath();
    pen.moveTo(x, y + way * SIZE * ratio);
    pen.lineTo(x, end);
    pen.moveTo(x - head, end - way * head);
    pen.lineTo(x, end);
    pen.lineTo(x + head, end - way * head);
    pen.stroke();
  };

  const drawBand = (pen, x, top, bottom, colour, ratio) => {
    pen.save();
    pen.globalAlpha = 0.25;
    pen.fillStyle = colour;
    pen.fillRect(x - 5 * ratio, top, 10 * ratio, Math.max(bottom - top, 2 * ratio));
    pen.restore();
  };

  const drawBar = (pen, x, top, bottom, colour, ratio) => {
    const cap = 5 * ratio;
    pen.setLineDash([]);
    pen.strokeStyle = colour;
    pen.lineWidth = 1.8 * ratio;
    pen.beginPath();
    pen.moveTo(x - cap, top);
    pen.lineTo(x + cap, top);
    pen.moveTo(x, top);
    pen.lineTo(x, bottom);
    pen.moveTo(x - cap, bottom);
    pen.lineTo(x + cap, bottom);
    pen.stroke();
  };

  const placeOf = (plot, mark) => ({
    x: plot.valToPos(mark.day, "x", true) + mark.aside * uPlot.pxRatio, y: plot.valToPos(mark.at, "y", true),
  });

  const drawMark = (plot, ink, mark, ratio) => {
    const pen = plot.ctx, colour = colourOf(mark.source, ink), { x, y } = placeOf(plot, mark);
    const height = (count) => plot.valToPos(count, "y", true);
    if (mark.last - mark.first > 2) {
      pen.setLineDash([]);
      pen.strokeStyle = colour;
      pen.lineWidth = ratio;
      pen.beginPath();
      pen.moveTo(plot.valToPos(mark.first, "x", true), y);
      pen.lineTo(plot.valToPos(mark.last, "x", true), y);
      pen.stroke();
    }
    if (mark.bound === "range") drawBar(pen, x, height(mark.high), height(mark.low), colour, ratio);
    if (mark.bound === "about" || mark.bound === "nearly") {
      drawBand(pen, x, height(mark.high), height(mark.low), colour, ratio);
    }
    if (mark.bound === "at_least" || mark.bound === "more_than") {
      drawArrow(pen, x, y, true, colour, ratio);
    }
    if (mark.bound === "up_to") drawArrow(pen, x, y, false, colour, ratio);
    drawShape(pen, ink, mark, x, y, ratio);
  };

  const drawSteps = (plot, ink, marks, ratio) => {
    const pen = plot.ctx;
    for (const source of new Set(marks.map((mark) => mark.source))) {
      const places = marks.filter((mark) => mark.source === source)
        .map((mark) => placeOf(plot, mark));
      pen.strokeStyle = colourOf(source, ink);
      pen.lineWidth = 1.2 * ratio;
      pen.setLineDash(DASHES[source % DASHES.length].map((length) => length * ratio));
      pen.beginPath();
      places.forEach(({ x, y }, i) => {
        if (i === 0) pen.moveTo(x, y);
        else {
          pen.lineTo(x, places[i - 1].y);
          pen.lineTo(x, y);
        }
      });
      pen.stroke();
    }
    pen.setLineDash([]);
  };

  const drawRing = (plot, ink, mark, ratio) => {
    const { x, y } = placeOf(plot, mark);
    plot.ctx.setLineDash([]);
    plot.ctx.strokeStyle = ink.ink;
    plot.ctx.lineWidth = 2 * ratio;
    plot.ctx.beginPath();
    plot.ctx.arc(x, y, (SIZE + 5) * ratio, 0, 2 * Math.PI);
    plot.ctx.stroke();
  };

  /* ---- the key of the sources ---- */

  const makeKey = (marks, ink) => {
    const list = document.createElement("ul");
    list.className = "chart-key";
    const seen = new Map(marks.map((mark) => [mark.source, mark.name]));
    for (const [source, name] of [...seen].sort((a, b) => a[0] - b[0])) {
      const item = document.createElement("li"), sign = document.createElement("canvas");
      const ratio = window.devicePixelRatio || 1, pen = sign.getContext("2d");
      sign.width = 34 * ratio;
      sign.height = 16 * ratio;
      pen.strokeStyle = colourOf(source, ink);
      pen.lineWidth = 1.4 * ratio;
      pen.setLineDash(DASHES[source % DASHES.length].map((length) => length * ratio));
      pen.beginPath();
      pen.moveTo(0, 8 * ratio);
      pen.lineTo(34 * ratio, 8 * ratio);
      pen.stroke();
      drawShape(pen, ink, { source, state: "accepted" }, 17 * ratio, 8 * ratio, ratio);
      const words = document.createElement("bdi");
      words.textContent = name;
      item.append(sign, words);
      list.append(item);
    }
    return list;
  };

  /* ---- one chart ---- */

  const thinned = (ticks, room, widest) => {
    const every = Math.max(1, Math.ceil((ticks.length * widest * 1.25) / Math.max(room, 1)));
    return ticks.filter((_, i) => i % every === 0);
  };

  const widestOf = (ticks, font) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    return Math.max(10, ...ticks.map((tick) => pen.measureText(tick.label).width));
  };

  const optionsOf = (table, width, ink, draw) => {
    const days = pairs(table.dataset.days), counts = pairs(table.dataset.counts);
    const first = Number(table.dataset.first), last = Number(table.dataset.last);
    const pad = Math.max(last - first, 8) * 0.06, font = "12px " + ink.font;
    const beside = widestOf(counts, font) + 18;
    const shown = thinned(days, width - beside - 24, widestOf(days, font));
    const labels = (ticks) => (plot, splits) => splits.map((at) => {
      const tick = ticks.find((one) => one.at === at);
      return tick ? tick.label : "";
    });
    const axis = { stroke: ink.soft, font, grid: { stroke: ink.hair, width: 1 },
      ticks: { stroke: ink.hair, width: 1, size: 4 } };
    return {
      width, height: Math.round(Math.min(380, Math.max(240, width * 0.42))),
      padding: [30, rtl ? 0 : 12, 0, rtl ? 12 : 0],
      legend: { show: false },
      cursor: { x: false, y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, dir: rtl ? -1 : 1, range: () => [first - pad, last + pad] },
        y: { range: () => [0, Number(table.dataset.top)] },
      },
      axes: [
        { ...axis, splits: () => shown.map((tick) => tick.at), values: labels(shown), size: 30 },
        { ...axis, side: rtl ? 1 : 3, splits: () => counts.map((tick) => tick.at),
          values: labels(counts), size: beside },
      ],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      hooks: { draw: [draw] },
    };
  };

  const makeTip = () => {
    const tip = document.createElement("div");
    tip.className = "chart-tip";
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true");
    return tip;
  };

  const fillTip = (tip, mark) => {
    const value = document.createElement("strong");
    value.textContent = mark.value;
    const lines = [mark.name, mark.stand, mark.word].filter(Boolean).map((words) => {
      const line = document.createElement("span");
      line.dir = "auto";
      line.textContent = words;
      return line;
    });
    tip.replaceChildren(value, ...lines);
  };

  const nearest = (plot, marks, x, y) => {
    let best = null, distance = NEAR * NEAR;
    for (const mark of marks) {
      const dx = plot.valToPos(mark.day, "x") + mark.aside - x, dy = plot.valToPos(mark.at, "y") - y;
      if (dx * dx + dy * dy < distance) {
        distance = dx * dx + dy * dy;
        best = mark;
      }
    }
    return best;
  };

  const point = (chart, mark) => {
    if (chart.pointed === mark) return;
    const mind = (on) => {
      if (chart.pointed && chart.pointed.row) chart.pointed.row.classList.toggle("pointed", on);
    };
    mind(false);
    chart.pointed = mark;
    mind(true);
    chart.plot.redraw(false);
  };

  const showTip = (chart, mark) => {
    const { plot, tip, place } = chart, over = plot.over;
    fillTip(tip, mark);
    const left = over.offsetLeft + plot.valToPos(mark.day, "x") + mark.aside - tip.offsetWidth / 2;
    const top = over.offsetTop + plot.valToPos(mark.at, "y") - tip.offsetHeight - 14;
    tip.style.left = Math.max(0, Math.min(left, place.clientWidth - tip.offsetWidth - 1)) + "px";
    tip.style.top = (top < 0 ? top + tip.offsetHeight + 32 : top) + "px";
  };

  const watchPlot = (chart) => {
    const over = chart.plot.over;
    over.addEventListener("mousemove", (event) => {
      const mark = nearest(chart.plot, chart.marks, event.offsetX, event.offsetY);
      point(chart, mark);
      chart.tip.hidden = !mark;
      over.classList.toggle("on-mark", Boolean(mark));
      if (mark) showTip(chart, mark);
    });
    over.addEventListener("mouseleave", () => {
      chart.tip.hidden = true;
      point(chart, null);
    });
    over.addEventListener("click", () => {
      if (chart.pointed) window.location.assign(chart.pointed.href);
    });
  };

  const watchRows = (chart) => {
    for (const mark of chart.marks.filter((one) => one.row)) {
      mark.row.addEventListener("focusin", () => point(chart, mark));
      mark.row.addEventListener("focusout", () => point(chart, null));
    }
  };

  const build = (chart) => {
    const ink = inks();
    const draw = (plot) => {
      const ratio = uPlot.pxRatio;
      // uPlot remembers what pen it left, and would draw on with ours
      plot.ctx.save();
      drawSteps(plot, ink, chart.marks, ratio);
      chart.marks.forEach((mark) => drawMark(plot, ink, mark, ratio));
      if (chart.pointed) drawRing(plot, ink, chart.pointed, ratio);
      plot.ctx.restore();
    };
    const width = Math.max(chart.place.clientWidth, 200);
    const options = optionsOf(chart.table, width, ink, draw);
    const data = [[Number(chart.table.dataset.first), Number(chart.table.dataset.last) + 1], [0, 0]];
    chart.place.replaceChildren();
    chart.plot = new uPlot(options, data, chart.place);
    chart.place.append(chart.tip);
    chart.key.replaceChildren(makeKey(chart.marks, ink));
    chart.width = width;
    watchPlot(chart);
  };

  const start = (table) => {
    const chart = { table, marks: marksOf(table), tip: makeTip(), pointed: null,
      place: document.createElement("div"), key: document.createElement("div") };
    if (chart.marks.length < 2) return null;
    const figure = document.createElement("figure");
    figure.className = "chart";
    chart.place.className = "chart-place";
    chart.place.setAttribute("role", "img");
    chart.place.setAttribute("aria-label", table.dataset.chart);
    figure.append(chart.place, chart.key);
    if (table.dataset.thinned) {
      const thinned = document.createElement("figcaption");
      thinned.className = "soft";
      thinned.textContent = table.dataset.thinned;
      figure.append(thinned);
    }
    table.before(figure);
    build(chart);
    watchRows(chart);
    return chart;
  };

  const charts = [...document.querySelectorAll("table[data-chart]")].map(start).filter(Boolean);
  const again = () => charts.forEach(build);
  let waiting = 0;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => charts.forEach((chart) => {
      if (chart.place.clientWidth !== chart.width) build(chart);
    }), 120);
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  if (document.fonts) document.fonts.ready.then(again);
})();
