// Measures what a contract of 800 pages takes in the window: memory at the first page, after a hundred, at the end and back again.
//
//     cd ui && node fixtures/make.mjs --huge && npx vite build --mode fixtures --outDir dist-fixtures && cd ..
//     node tests/measure_viewer/measure.mjs
//
// Told are, after a collection of what is no longer used: the page's own heap, the memory of the browser's process that draws it
// (VmRSS, Linux only), and how many pages, canvases and letters' elements stand in the page. Nothing is asserted here;
// `ui/tests/long.spec.ts` asserts that the numbers of pages and canvases stay bounded.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const ui = path.join(import.meta.dirname, "../../ui");
const ofUi = createRequire(path.join(ui, "package.json"));
const { chromium } = ofUi("@playwright/test");
const { preview } = await import(pathToFileURL(ofUi.resolve("vite")).href);

const server = await preview({
  root: ui,
  configFile: path.join(ui, "vite.config.ts"),
  mode: "fixtures",
  build: { outDir: path.join(ui, "dist-fixtures") },
  preview: { port: 4186, host: "localhost" },
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
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const devtools = await page.context().newCDPSession(page);
await devtools.send("Performance.enable");
const whole = await browser.newBrowserCDPSession();

/** Megabytes of the largest of the browser's processes that draw pages. */
async function resident() {
  const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      const status = readFileSync(`/proc/${id}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    });
  return Math.max(...sizes);
}

async function tell(when) {
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
  const counts = await page.evaluate(() => ({
    pages: document.querySelectorAll("[data-page-number]").length,
    canvases: document.querySelectorAll("canvas").length,
    letters: document.querySelectorAll(".textLayer span").length,
  }));
  console.log(
    `${when.padEnd(34)} heap ${(heap / 2 ** 20).toFixed(0)} MB, process ${(await resident()).toFixed(0)} MB; ` +
      `${counts.pages} pages, ${counts.canvases} canvases, ${counts.letters} pieces of text`,
  );
}

async function drawn(number) {
  await page.getByTestId("page-number").fill(String(number));
  await page.keyboard.press("Enter");
  await page
    .locator(
      `[data-testid="page-${number}"][data-rendered="true"][data-text="true"]`,
    )
    .waitFor();
}

await page.goto("http://localhost:4186/?open=huge");
await page.locator('body[data-state="done"]').waitFor({ timeout: 120_000 });
await drawn(1);
await tell("at the first page");
for (let number = 2; number <= 101; number += 1) await drawn(number);
await tell("after paging through a hundred");
await drawn(800);
await tell("at the last page");
await drawn(1);
await tell("back at the first page");
for (let number = 102; number <= 201; number += 1) await drawn(number);
await tell("after another hundred");
await browser.close();
await server.close();
