import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import { Turning, Worker } from '#application';

/** What follows the log, for as long as the process lives. Days are turned by a process that says so itself. */
@Module({})
export class WorkerModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(Worker) private readonly worker: Worker,
    @Inject(Turning) private readonly turning: Turning,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.turning.stop();
    await this.worker.stop();
  }
}
