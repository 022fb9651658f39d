// Pages are drawn one at a time, those nearest to the view first.

interface Job {
  page: number;
  run: () => Promise<void>;
}

export class RenderQueue {
  #jobs: Job[] = [];
  #running = false;
  #centre = 0;

  /** The page in view, from which distances are counted. */
  focus(page: number): void {
    this.#centre = page;
  }

  /** Adds a job and returns what takes it out again while it has not begun. */
  add(page: number, run: () => Promise<void>): () => void {
    const job = { page, run };
    this.#jobs.push(job);
    void this.#work();
    return () => {
      this.#jobs = this.#jobs.filter((other) => other !== job);
    };
  }

  async #work(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    // Jobs that are added in the same turn are compared before the first begins.
    await Promise.resolve();
    for (let job = this.#take(); job; job = this.#take()) await job.run().catch(() => undefined);
    this.#running = false;
  }

  #take(): Job | undefined {
    const distance = ({ page }: Job) => Math.abs(page - this.#centre);
    const next = this.#jobs.toSorted((a, b) => distance(a) - distance(b))[0];
    this.#jobs = this.#jobs.filter((job) => job !== next);
    return next;
  }
}
