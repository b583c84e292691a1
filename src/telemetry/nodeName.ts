/** A node by its id in the flow file, or with what is shown of it. The part of an id before `::` is its type. */
export type NodeName =
  | string
  | {
      readonly id: string;
      readonly name?: string | undefined;
      readonly category?: string | undefined;
    };
