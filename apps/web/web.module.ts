import type { MiddlewareConsumer, NestModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { Assets, AssetsController } from './assets';
import { BoardController } from './board.controller';
import { ChampionsController } from './champions.controller';
import { CountyQuestionsController } from './county-questions.controller';
import { MoneyPagesController } from './money.controller';
import { ElsewhereController } from './elsewhere.controller';
import { FiguresController } from './figures.controller';
import { GovernanceController } from './governance.controller';
import { InformationController } from './information.controller';
import { OversightPagesController } from './oversight.controller';
import { pageHeaders } from './page-headers';
import { LetterPageController } from './letter.controller';
import { Pages } from './pages';
import { QualityController } from './quality.controller';
import { RecordController } from './record.controller';
import { SchoolAsked } from './school-asked';
import { SchoolQuestionsController } from './school-questions.controller';
import { SchoolController } from './school.controller';
import { SessionController } from './session.controller';
import { SideBySideController } from './side-by-side.controller';
import { StatutoryController } from './statutory.controller';
import { SupportPagesController } from './support.controller';
import { VisitsPagesController } from './visits.controller';
import { TogetherController } from './together.controller';

const rooms = [
  BoardController,
  SchoolController,
  SchoolQuestionsController,
  ChampionsController,
  StatutoryController,
  SupportPagesController,
  CountyQuestionsController,
  MoneyPagesController,
  VisitsPagesController,
  TogetherController,
  QualityController,
  LetterPageController,
  OversightPagesController,
  GovernanceController,
  FiguresController,
  RecordController,
  SessionController,
  InformationController,
  SideBySideController,
];

/**
 * The pages people look at. Import it after everything else that has routes: its last controller answers whatever
 * nobody else does.
 */
@Module({
  controllers: [AssetsController, ...rooms, ElsewhereController],
  providers: [Assets, Pages, SchoolAsked],
})
export class WebModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(pageHeaders).forRoutes(...rooms, ElsewhereController);
  }
}
