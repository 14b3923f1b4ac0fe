/** What help says of an operation. */
export interface OperationText {
  /** What it does, when it is used, and what makes it fail. */
  readonly about: string;
  /** Lines that can be tried, each with what it does. */
  readonly examples: readonly (readonly [does: string, line: string])[];
  /**
   * What each option means and what happens without it, by the API's name of its member. Limits of length and value
   * are not in it: they come from the API model.
   */
  readonly options: MemberTexts;
}

/** What each member of a structure means, by its name. */
export type MemberTexts = Readonly<Record<string, string>>;

/** The texts of what belongs together. */
export interface Chapter {
  readonly title: string;
  /** By the name under which an operation is typed. */
  readonly operations: Readonly<Record<string, OperationText>>;
  /** The members of the structures that these operations take, by the structure's name in the API model. */
  readonly structures?: Readonly<Record<string, MemberTexts>>;
}
