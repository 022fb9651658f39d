// Measures how smoothly 1,000 contracts by 41 categories scroll in Chromium, and how many cells stand in the page.
//
//     cd ui && npx vite build --mode fixtures --outDir dist-fixtures && cd ..
//     node tests/measure_matrix/measure.mjs
//     node tests/measure_matrix/measure.mjs --contracts 5000 --seconds 10 --size 1920x1080
//     node tests/measure_matrix/measure.mjs --against OTHER_BUILD --rounds 5
//
// The grid is scrolled at even speeds, down, across and both at once, with the pointer over it as a person has it, and each
// frame that the browser draws meanwhile is counted by requestAnimationFrame. Beside that stands how long the page's own thread
// computed for a frame, in processor time, which depends less on what else the machine does. With `--against` two builds take
// turns within seconds of each other, and the ratio of their frames is told too: on a machine that does something else at the
// same time it is all that can be trusted. CHROMIUM names the browser, otherwise it is /usr/bin/chromium. Nothing is asserted.
import path from "node:path";
import { parseArgs } from "node:util";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const ui = path.join(import.meta.dirname, "../../ui");
const ofUi = createRequire(path.join(ui, "package.json"));
const { chromium } = ofUi("@playwright/test");
const { preview } = await import(pathToFileURL(ofUi.resolve("vite")).href);

const { values } = parseArgs({
  options: {
    contracts: { type: "string", default: "1000" },
    seconds: { type: "string", default: "4" },
    size: { type: "string", default: "1600x1000" },
    rounds: { type: "string", default: "3" },
    build: { type: "string", default: path.join(ui, "dist-fixtures") },
    against: { type: "string" },
  },
});
const [width, height] = values.size.split("x").map(Number);

/** Pixels a second: some 70 rows, some 10 columns. */
const WAYS = [
  { name: "down", top: 2400, left: 0 },
  { name: "across", top: 0, left: 1600 },
  { name: "both", top: 2400, left: 1600 },
  { name: "down, fast", top: 12_000, left: 0 },
];

/** Runs in the page. */
async function scroll({ top, left, seconds }) {
  const grid = document.querySelector('[data-testid="matrix-grid"]');
  grid.scrollTo(0, 0);
  const nextFrame = () =>
    new Promise((resolve) => requestAnimationFrame(resolve));
  const begun = await nextFrame();
  const times = [begun];
  let cells = 0;
  // There and back again, so that it never stands at an end.
  const place = (distance, room) => {
    const at = distance % (2 * room);
    return at <= room ? at : 2 * room - at;
  };
  while (times.at(-1) - begun < seconds * 1000) {
    const passed = (times.at(-1) - begun) / 1000;
    grid.scrollTo(
      place(left * passed, grid.scrollWidth - grid.clientWidth),
      place(top * passed, grid.scrollHeight - grid.clientHeight),
    );
    times.push(await nextFrame());
    if (times.length % 10 === 0)
      cells = Math.max(
        cells,
        grid.querySelectorAll('[role="gridcell"]').length,
      );
  }
  const frames = times.slice(1).map((time, index) => time - times[index]);
  return { frames, cells };
}

async function open(browser, build, port) {
  const server = await preview({
    root: ui,
    configFile: path.join(ui, "vite.config.ts"),
    mode: "fixtures",
    build: { outDir: path.resolve(build) },
    preview: { port, host: "localhost" },
  });
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(
    `http://localhost:${port}/?open=&contracts=${values.contracts}`,
  );
  await page.getByTestId("show-matrix").click();
  await page.getByRole("gridcell").first().waitFor();
  await page.mouse.move(width * 0.6, height * 0.6);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  /** Seconds of processor time that the page's thread has taken so far. */
  const computed = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  return { server, page, computed };
}

async function once({ page, computed }, { top, left }) {
  await page.bringToFront();
  const before = await computed();
  const { frames, cells } = await page.evaluate(scroll, {
    top,
    left,
    seconds: Number(values.seconds),
  });
  const after = await computed();
  const each = (metric) =>
    ((after[metric] - before[metric]) * 1000) / frames.length;
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  return {
    rate: 1000 / (frames.reduce((sum, time) => sum + time, 0) / frames.length),
    slow: at(0.95),
    longest: at(1),
    cells,
    task: each("TaskDuration"),
    script: each("ScriptDuration"),
    style: each("RecalcStyleDuration"),
    layout: each("LayoutDuration"),
  };
}

const median = (numbers) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
  ],
});
const builds = [await open(browser, values.build, 4187)];
if (values.against) builds.push(await open(browser, values.against, 4188));

console.log(
  `${values.contracts} contracts, ${values.size}, medians of ${values.rounds} rounds of ${values.seconds} s`,
);
for (const way of WAYS) {
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const seen = [];
    for (const build of builds) seen.push(await once(build, way));
    rounds.push(seen);
  }
  builds.forEach((_, build) => {
    const of = (what, digits = 1) =>
      median(rounds.map((seen) => seen[build][what])).toFixed(digits);
    console.log(
      `${(build === 0 ? way.name : "  against").padEnd(10)} ${of("rate")} frames a second; ` +
        `95 of 100 take at most ${of("slow")} ms, the longest ${of("longest")} ms; at most ${of("cells", 0)} cells; ` +
        `computed ${of("task")} ms a frame (script ${of("script")}, style ${of("style")}, layout ${of("layout")})`,
    );
  });
  if (values.against) {
    const ratio = median(rounds.map(([one, other]) => one.rate / other.rate));
    console.log(`  ratio    ${ratio.toFixed(2)}`);
  }
}
await browser.close();
for (const { server } of builds) await server.close();
