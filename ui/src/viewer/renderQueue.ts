// Pages are drawn one at a time, those nearest to the view first, and their small pictures after them.

interface Job {
  page: number;
  rank: Rank;
  run: () => Promise<void>;
}

/** What is drawn while nothing of a lower rank waits. */
export type Rank = 0 | 1;

export class RenderQueue {
  #jobs: Job[] = [];
  #running = false;
  #centre = 0;

  /** The page in view, from which distances are counted. */
  focus(page: number): void {
    this.#centre = page;
  }

  /** Adds a job and returns what takes it out again while it has not begun. */
  add(page: number, run: () => Promise<void>, rank: Rank = 0): () => void {
    const job = { page, rank, run };
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
    const next = this.#jobs.toSorted((a, b) => a.rank - b.rank || distance(a) - distance(b))[0];
    this.#jobs = this.#jobs.filter((job) => job !== next);
    return next;
  }
}
