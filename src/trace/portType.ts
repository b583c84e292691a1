/** The types that a flow file knows for what nodes are given. */
export const portTypes = ['string', 'integer', 'number', 'boolean', 'object', 'array'] as const;

/** An input as a flow file declares it. */
export interface PortType {
  readonly name: string;
  /** Null where it says none that is known. */
  readonly type: (typeof portTypes)[number] | null;
  /** It may be missing or empty, or nobody says that it may not. */
  readonly isOptional?: boolean;
}
