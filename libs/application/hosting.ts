import type { OnApplicationShutdown, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import { ConfigFault } from '#platform';
import type { Config, Life } from '#platform';
import { AccessGuard } from './access';
import type { Inside, Outside } from './application.module';
import { ApplicationModule } from './application.module';
import { HealthController } from './health.controller';
import { InHand } from './in-hand';
import { FOLLOWS } from './ports';

/** What makes one process differ from another. */
export interface Hosting {
  /** The stores it works on; they are closed with the app. */
  readonly outside: Outside;
  readonly inside: Inside;
  /** Its routes and its work: whose routes stand first is asked first. Health is there without being named. */
  readonly rooms: readonly Type[];
  /** Whether the followers of the log run in this process, so that its health is theirs too. */
  readonly follows: boolean;
}

/** How long a connection nobody uses is kept, in milliseconds: longer than proxies do, so that it is they who close it. */
const KEPT_ALIVE = 125_000;

/** An HTTP process, not listening yet. */
export async function hostedApp(hosting: Hosting): Promise<NestExpressApplication> {
  const { outside, inside, rooms, follows } = hosting;

  @Module({
    imports: [ApplicationModule.over(outside, inside), ...rooms],
    controllers: [HealthController],
    providers: [
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: FOLLOWS, useValue: follows },
      InHand,
    ],
  })
  class ProcessModule implements OnApplicationShutdown {
    /** Last of all, when nobody asks any more and the followers of the log stand still. */
    async onApplicationShutdown(): Promise<void> {
      await outside.publisher?.close();
      await outside.readStore.close();
      await outside.eventStore.close();
    }
  }

  const app = await NestFactory.create<NestExpressApplication>(ProcessModule, {
    logger: ['error', 'warn'],
    // A fault at the start ends the start, with its own message.
    abortOnError: false,
    bodyParser: false,
    // Whoever is still connected when everything has been answered comes back by himself, perhaps elsewhere.
    forceCloseConnections: true,
  });
  app.disable('x-powered-by');
  app.use(app.get(InHand).note);
  app.use(cookieParser());
  app.useBodyParser('json', { limit: '1mb', type: ['application/json', 'application/*+json'] });
  // A framework as a form: some two hundred rows of half a dozen fields.
  app.useBodyParser('urlencoded', { limit: '1mb', parameterLimit: 10_000, extended: false });
  return app;
}

/** Has the app ended with its process: requests answered, followers standing still, stores closed. */
export function endsWith(life: Life, app: NestExpressApplication): void {
  const inHand = app.get(InHand);
  life.atEnd(
    () =>
      inHand.inWords() ?? 'the followers of the log finish their page and the stores are closed',
    async () => {
      await inHand.finish(app.getHttpServer());
      await app.close();
    },
  );
}

/**
 * Listens, and says where: `http://127.0.0.1:3000`.
 * @throws ConfigFault when the address cannot be had.
 */
export async function listening(
  app: NestExpressApplication,
  { PORT, HOST }: Pick<Config, 'PORT' | 'HOST'>,
): Promise<string> {
  const server = app.getHttpServer();
  server.keepAliveTimeout = KEPT_ALIVE;
  try {
    await app.listen(PORT, HOST);
  } catch (error) {
    const why = reasons[error instanceof Error && 'code' in error ? String(error.code) : ''];
    if (why === undefined) throw error;
    throw new ConfigFault(`The settings cannot be used:\n  ${why(PORT, HOST)}`);
  }
  return (await app.getUrl()).replace('[::1]', '127.0.0.1');
}

const reasons: Readonly<Record<string, ((port: number, host: string) => string) | undefined>> = {
  EADDRINUSE: (port) => `PORT: another process listens on ${port} already. Set another one.`,
  EACCES: (port) => `PORT: this user may not listen on ${port}. Set one from 1024 on.`,
  EADDRNOTAVAIL: (_, host) => `HOST: this machine has no address ${host}. Set one it has.`,
  ENOTFOUND: (_, host) => `HOST: nothing is known of an address ${host}. Set one of this machine.`,
};
