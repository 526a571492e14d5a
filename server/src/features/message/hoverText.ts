/** What a hover shows: markdown from safe pieces only, and the columns of the field's value that it is about. */
export interface HoverText {
  readonly markdown: string;
  readonly from: number;
  readonly to: number;
}
