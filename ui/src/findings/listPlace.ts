// Where the person is in the list, and what its parts need to know of the review as a whole.
export interface ListPlace {
  /** The clause or passage that is selected. */
  selected: number | null;
  /** The category without a clause at which the person is. */
  absent: string | null;
  /** The one clause that the Tab key reaches. */
  reachable: number | null;
  /** Categories of which the person confirmed that there is no clause. */
  confirmed: string[];
  /** Categories without a clause are shown unfolded. */
  opensAbsent: boolean;
  /** Pages that could not be read fully. */
  unread: number[];
}
