import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ChampionsController } from './champions.controller';
import { CostsController } from './costs.controller';
import { OwnWorkController } from './own-work.controller';
import { SchoolQuestionsController } from './school-questions.controller';
import { SupportQuestionsController } from './support-questions.controller';
import { WorklistController } from './worklist.controller';
import { CommandsController } from './commands.controller';
import { CountyController } from './county.controller';
import { DemoSignInController } from './demo-sign-in.controller';
import { EventsController } from './events.controller';
import { FiguresController } from './figures.controller';
import { GovernanceController } from './governance.controller';
import { GuideController } from './guide.controller';
import { ImportsController } from './imports.controller';
import { LetterController } from './letter.controller';
import { ProblemFilter } from './problem.filter';
import { MatchesController } from './matches.controller';
import { ModelGuideController } from './model-guide.controller';
import { MoneyController } from './money.controller';
import { OperationsController } from './operations.controller';
import { OversightController } from './oversight.controller';
import { QualityController } from './quality.controller';
import { SchoolAsked } from './school-asked';
import { SchoolsController } from './schools.controller';
import { SupportController } from './support.controller';
import { StatutoryController } from './statutory.controller';
import { VisitsController } from './visits.controller';
import { TogetherController } from './together.controller';

/** HTTP commands and queries, live streams. The commands' table stands last: it takes any path of two words. */
@Module({
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }, SchoolAsked],
  controllers: [
    DemoSignInController,
    SchoolsController,
    CountyController,
    FiguresController,
    // Before what takes any champion's id.
    OwnWorkController,
    ChampionsController,
    SupportController,
    SchoolQuestionsController,
    SupportQuestionsController,
    CostsController,
    WorklistController,
    MatchesController,
    StatutoryController,
    TogetherController,
    GovernanceController,
    MoneyController,
    LetterController,
    ModelGuideController,
    EventsController,
    ImportsController,
    GuideController,
    OperationsController,
    VisitsController,
    QualityController,
    OversightController,
    CommandsController,
  ],
})
export class ApiModule {}
