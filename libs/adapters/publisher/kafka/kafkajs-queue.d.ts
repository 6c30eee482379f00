declare module 'kafkajs/src/network/requestQueue' {
  /** The part of kafkajs that sends requests in turn; not in its own types. */
  interface Queue {
    readonly pending: readonly unknown[];
    scheduleCheckPendingRequests: (this: Queue) => void;
  }
  const RequestQueue: { readonly prototype: Queue };
  export default RequestQueue;
}
