/**
 * The product's own Yjs, for what measures it beside its peers, which bring another: two in one
 * process do not know each other's types.
 */
export * from 'yjs';
