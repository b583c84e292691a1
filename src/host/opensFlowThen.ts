/** Opens a flow file as it was at a time beside as it is. */
export interface OpensFlowThen {
  open(uri: string, atMs: number): Promise<void>;
}
