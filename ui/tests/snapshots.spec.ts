// Pictures of the main screens in both themes, compared with the ones that are kept beside this file.
//
// `npm run snapshots` takes them anew; look at each before it is kept. Letters are drawn the same on every machine: in a font that
// the window brings along for contracts, without hints and without the colours of a screen's pixels. Pages of contracts are left
// out: pdf.js draws them, and tests of their own measure where things stand on them.
import type { Page } from '@playwright/test';
import { expect, openWindow, test } from './window';

const SAME_EVERYWHERE = [
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--disable-font-subpixel-positioning',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

test.use({
  viewport: { width: 1280, height: 720 },
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...SAME_EVERYWHERE],
  },
});

/** How many of a hundred pixels may differ: rounded corners and slanted strokes are not the same everywhere. */
const MAY_DIFFER = 0.4;

/** Opens the window and waits for the letters, by which texts are shortened. */
async function open(page: Page, query: string, state = 'empty'): Promise<void> {
  await openWindow(page, query, state);
  await expect.poll(() => page.evaluate(() => document.fonts.size)).toBe(2);
}

const SCREENS: Record<string, (page: Page) => Promise<void>> = {
  'first-start': (page) => open(page, '?open='),
  'no-contracts-to-compare': async (page) => {
    await open(page, '?open=&contracts=0');
    await page.keyboard.press('m');
    await expect(page.getByTestId('matrix-empty')).toBeVisible();
  },
  'contracts-not-told': async (page) => {
    await open(page, '?open=&matrix=fails');
    await page.keyboard.press('m');
    await expect(page.getByTestId('matrix-fault')).toBeVisible();
  },
  matrix: async (page) => {
    await open(page, '?open=&contracts=40');
    await page.keyboard.press('m');
    await expect(page.getByRole('gridcell').first()).toBeVisible();
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, show] of Object.entries(SCREENS)) {
    test(`${name}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.addInitScript(useOwnFont);
      await show(page);
      await expect(page).toHaveScreenshot(`${name}-${colorScheme}.png`, {
        maxDiffPixelRatio: MAY_DIFFER / 100,
        // Colours that are nearly the same are the same letter, drawn by another version.
        threshold: 0.1,
        mask: [page.locator('.page-scroller')],
        animations: 'disabled',
        caret: 'hide',
      });
    });
  }
}

/** Runs in the page before anything else. */
function useOwnFont(): void {
  const load = async (file: string, weight: string) => {
    const answer = await fetch(`pdfjs/standard_fonts/LiberationSans-${file}.ttf`);
    document.fonts.add(await new FontFace('Snapshot', await answer.arrayBuffer(), { weight }).load());
  };
  void load('Regular', '100 500');
  void load('Bold', '600 900');
  addEventListener('DOMContentLoaded', () => {
    document.documentElement.style.setProperty('--font', 'Snapshot');
    document.documentElement.style.setProperty('--font-text', 'Snapshot');
  });
}
