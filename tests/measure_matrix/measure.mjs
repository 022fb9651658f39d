// Measures how smoothly 1,000 contracts by 41 categories scroll in Chromium, and how many cells stand in the page.
//
//     cd ui && npx vite build --mode fixtures --outDir dist-fixtures && cd ..
//     node tests/measure_matrix/measure.mjs
//     node tests/measure_matrix/measure.mjs --contracts 5000 --seconds 10 --size 1920x1080
//
// The grid is scrolled at even speeds, down, across and both at once, and each frame that the browser draws meanwhile is
// counted by requestAnimationFrame. Beside that stands how long the page's own thread computed for a frame, in processor time,
// which depends less on what else the machine does. CHROMIUM names the browser, otherwise it is /usr/bin/chromium. Nothing is asserted:
// frames of a machine that does something else at the same time say little.
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
    seconds: { type: "string", default: "5" },
    size: { type: "string", default: "1600x1000" },
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

const server = await preview({
  root: ui,
  configFile: path.join(ui, "vite.config.ts"),
  mode: "fixtures",
  build: { outDir: "dist-fixtures" },
  preview: { port: 4187, host: "localhost" },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
  ],
});
const page = await browser.newPage({ viewport: { width, height } });
await page.goto(`http://localhost:4187/?open=&contracts=${values.contracts}`);
await page.getByTestId("show-matrix").click();
await page.getByRole("gridcell").first().waitFor();

const devtools = await page.context().newCDPSession(page);
await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
/** Seconds of processor time that the page's thread has taken so far. */
async function computed() {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

console.log(
  `${values.contracts} contracts, ${values.size}, ${values.seconds} s each`,
);
for (const { name, top, left } of WAYS) {
  const before = await computed();
  const { frames, cells } = await page.evaluate(scroll, {
    top,
    left,
    seconds: Number(values.seconds),
  });
  const after = await computed();
  const each = (metric) =>
    (((after[metric] - before[metric]) * 1000) / frames.length).toFixed(1);
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share) =>
    sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
  const mean = frames.reduce((sum, time) => sum + time, 0) / frames.length;
  console.log(
    `${name.padEnd(10)} ${(1000 / mean).toFixed(1)} frames a second; ` +
      `a frame takes ${at(0.5)} ms, 95 of 100 at most ${at(0.95)} ms, the longest ${at(1)} ms; at most ${cells} cells; ` +
      `computed ${each("TaskDuration")} ms a frame (script ${each("ScriptDuration")}, style ${each("RecalcStyleDuration")}, layout ${each("LayoutDuration")})`,
  );
}
await browser.close();
await server.close();
