/** What the caller or the sender did wrong, in words for them. No retry mends it. */
export class BadInput extends Error {
  override readonly name = "BadInput";
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
