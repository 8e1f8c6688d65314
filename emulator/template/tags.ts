/** CloudFormation's way to write a tag. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What to add, and the keys to remove, to get from tags to others. */
export function tagChanges(
  before: readonly Tag[] = [],
  after: readonly Tag[] = [],
): { added: Record<string, string>; removed: string[] } {
  const [old, young] = [before, after].map(
    (tags) => new Map(tags.map(({ Key, Value }) => [Key, Value])),
  );
  return {
    added: Object.fromEntries([...(young ?? [])].filter(([key, value]) => old?.get(key) !== value)),
    removed: [...(old?.keys() ?? [])].filter((key) => !young?.has(key)),
  };
}
