// The window as a test sees it: opened on fixture contracts, with every breach of the content policy noted.
import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** `faults` gathers the page's errors and breaches of its policy; there may be none at the end of a test. */
export const test = base.extend<{ faults: string[] }>({
  faults: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          // eslint-disable-next-line no-console -- the console is how the page reaches the test
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens the window and waits until the contract in view has got to `state`. */
export async function openWindow(page: Page, query = '', state = 'done'): Promise<void> {
  await page.goto(`/${query}`);
  await expect(page.locator('body')).toHaveAttribute('data-state', state);
}

export async function pageDrawn(page: Page, number: number): Promise<Locator> {
  const sheet = page.getByTestId(`page-${number}`);
  await expect(sheet).toHaveAttribute('data-rendered', 'true');
  await expect(sheet).toHaveAttribute('data-text', 'true');
  return sheet;
}

export function finding(page: Page, category: string): Locator {
  return page.locator(`[data-testid="finding"][data-category="${category}"]`);
}

export function highlights(page: Page, id: string | null): Locator {
  return page.locator(`[data-testid="highlight"][data-finding-id="${id}"]`);
}

/** Waits until an element has stopped moving. */
export async function settled(target: Locator): Promise<void> {
  await expect
    .poll(async () =>
      target.evaluate(
        (element) =>
          new Promise<boolean>((resolve) => {
            const before = element.getBoundingClientRect();
            requestAnimationFrame(() =>
              requestAnimationFrame(() => {
                const after = element.getBoundingClientRect();
                resolve(Math.abs(after.top - before.top) < 0.5 && Math.abs(after.left - before.left) < 0.5);
              }),
            );
          }),
      ),
    )
    .toBe(true);
}

/** From now on a frame comes late, as on a machine that has much to do. */
export async function slowFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const later = window.setTimeout.bind(window);
    window.requestAnimationFrame = (frame) => later(() => frame(performance.now()), 1000);
    window.cancelAnimationFrame = (number) => window.clearTimeout(number);
  });
}

/** Calls that the interface has made of the backend. */
export async function calls(page: Page, command: string): Promise<unknown[]> {
  return page.evaluate(
    (wanted) =>
      (window as unknown as { fixtureCalls: { command: string; args: unknown }[] }).fixtureCalls
        .filter((call) => call.command === wanted)
        .map(({ args }) => args),
    command,
  );
}
