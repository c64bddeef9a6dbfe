/** A folder of src and what it may import. */
export interface Folder {
  readonly folder: string;
  readonly what: string;
  readonly imports: readonly string[];
  readonly packages?: readonly string[];
}

export declare const folders: readonly Folder[];
