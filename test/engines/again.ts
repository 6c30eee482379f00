// Engines are programs of others on a machine that does other work: what fails once is tried once more, and both are told.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
