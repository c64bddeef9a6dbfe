/** Numbers from 0 on, in sets that are united; each set is known by one of its numbers. */
export class DisjointSets {
  private readonly parents: number[] = [];

  /** Adds the next number, in a set of its own. */
  public add(): void {
    this.parents.push(this.parents.length);
  }

  public unite(one: number, other: number): void {
    this.parents[this.find(other)] = this.find(one);
  }

  /** The number by which the set of a number is known. */
  public find(number: number): number {
    const { parents } = this;
    let at = number;
    while (parents[at] !== at) {
      // Halves the way for those who come after.
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  }
}
