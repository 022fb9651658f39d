// Pictures of the main screens in both themes, compared with the ones that are kept beside this file.
//
// `npm run snapshots` takes them anew; look at each before it is kept. Letters are drawn the same on every machine: in a font that
// the window brings along for contracts, without hints and without the colours of a screen's pixels. Pages of contracts are left
// out: pdf.js draws them, and tests of their own measure where things stand on them. No picture has a day or a time that changes.
import type { Page } from '@playwright/test';
import { expect, finding, openWindow, pageDrawn, test } from './window';

const SAME_EVERYWHERE = [
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--disable-font-subpixel-positioning',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

test.use({
  viewport: { width: 1280, height: 720 },
  locale: 'en-US',
  timezoneId: 'UTC',
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...SAME_EVERYWHERE],
  },
});

/**
 * How many of a hundred pixels may differ: letters and corners are not drawn the same by every version of a browser. A row that
 * is 4 pixels higher, or a column that is pushed aside, changes several times as many.
 */
const MAY_DIFFER = 1;

/** Opens the window and waits for the letters, by which texts are shortened. */
async function open(page: Page, query: string, state = 'empty'): Promise<void> {
  await openWindow(page, query, state);
  await expect(page.locator('html')).toHaveAttribute('data-letters', 'loaded');
}

async function openMatrix(page: Page, query: string, testId: string): Promise<void> {
  await open(page, query);
  await page.keyboard.press('m');
  await expect(page.getByTestId(testId).first()).toBeVisible();
}

const SCREENS: Record<string, (page: Page) => Promise<void>> = {
  'first-start': (page) => open(page, '?open='),
  'not-opened': (page) => open(page, '?open=broken', 'failed'),
  review: async (page) => {
    await open(page, '?open=agreement', 'done');
    await pageDrawn(page, 1);
    await finding(page, 'Parties').first().click();
    await page.keyboard.press('a');
    await expect(finding(page, 'Parties').first()).toHaveAttribute('data-decision', 'accepted');
  },
  'paused-queue': async (page) => {
    await open(page, '?open=&queue=40&paused', 'waiting');
    await pageDrawn(page, 1);
  },
  matrix: (page) => openMatrix(page, '?open=&contracts=40', 'matrix-row'),
  'contracts-not-told': (page) => openMatrix(page, '?open=&matrix=fails', 'matrix-fault'),
  preferences: async (page) => {
    await open(page, '?open=');
    await page.keyboard.press(',');
    await expect(page.getByTestId('plan')).toBeVisible();
  },
  keys: async (page) => {
    await open(page, '?open=');
    await page.keyboard.press('?');
    await expect(page.getByTestId('shortcuts')).toBeVisible();
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, show] of Object.entries(SCREENS)) {
    test(`${name}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.addInitScript(useOwnLetters);
      await show(page);
      await expect(page).toHaveScreenshot(`${name}-${colorScheme}.png`, {
        maxDiffPixelRatio: MAY_DIFFER / 100,
        // Colours that are nearly the same are the same letter, drawn by another version.
        threshold: 0.2,
        mask: [page.locator('.page-scroller')],
        animations: 'disabled',
        caret: 'hide',
      });
    });
  }
}

/** Runs in the page before anything else. */
function useOwnLetters(): void {
  const load = async (file: string, weight: string) => {
    const answer = await fetch(`pdfjs/standard_fonts/LiberationSans-${file}.ttf`);
    document.fonts.add(await new FontFace('Snapshot', await answer.arrayBuffer(), { weight }).load());
  };
  void Promise.all([load('Regular', '100 500'), load('Bold', '501 900')]).then(() => {
    document.documentElement.dataset.letters = 'loaded';
  });
  addEventListener('DOMContentLoaded', () => {
    document.documentElement.style.setProperty('--font', 'Snapshot');
    document.documentElement.style.setProperty('--font-text', 'Snapshot');
  });
}
