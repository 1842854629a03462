/** A page about a rule or a term, before it is known where it will be read. */
export interface Page {
  readonly title: string;
  /** Facts about it in a few words each: id, severity, kind. */
  readonly facts: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  /** Empty for what stands right under the title. */
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | {readonly kind: 'text'; readonly text: string}
  /** Lines of a log. */
  | {readonly kind: 'log'; readonly lines: readonly string[]}
  | {readonly kind: 'steps'; readonly steps: readonly Step[]}
  /** Other rules, by id, or terms. */
  | {readonly kind: 'names'; readonly names: readonly string[]}
  | {readonly kind: 'links'; readonly links: readonly Link[]};

export interface Step {
  readonly text: string;
  readonly command?: string | undefined;
}

export interface Link {
  readonly title: string;
  readonly url: string;
}
