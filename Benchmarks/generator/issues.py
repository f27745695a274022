"""Jira issues as Jira Cloud's REST API v3 sends them with every field: about 10 kB each, most of it unread."""

from __future__ import annotations

from random import Random
from typing import Iterator

from . import jira
from .jira import API
from .pools import DAYS, clock_times, days, dumps, people, sentence

_TEXTS = 4000


def issues(count: int, seed: int) -> Iterator[str]:
    """Each issue as one line of JSON."""
    maker = _IssueMaker(Random(seed))
    for number in range(count):
        yield maker.issue(number)


class _IssueMaker:
    """Holds the serialised parts; an issue joins some of them, so that it costs a fraction of `dumps`."""

    def __init__(self, random: Random) -> None:
        self.pick = random.random
        self.days = days()
        self.times = clock_times(random, 2000)
        self.people = people(random, 300)
        self.texts = [dumps(sentence(random, 6, 24)) for _ in range(_TEXTS)]
        self.summaries = [dumps(jira.summary(random)) for _ in range(_TEXTS)]
        self.projects = [jira.project(number) for number in range(8)]
        self.types = [jira.issue_type(*kind) for kind in jira.ISSUE_TYPES]
        self.statuses = [jira.status(*status) for status in jira.STATUSES]
        self.priorities = [jira.priority(number, name) for number, name in enumerate(jira.PRIORITIES, start=1)]
        self.components = [jira.component(number, name) for number, name in enumerate(jira.COMPONENTS)]
        self.versions = [jira.version(random, number) for number in range(30)]
        self.labels = [f'"{label}"' for label in jira.LABELS]
        self.link_types = [jira.link_type(*link) for link in jira.LINK_TYPES]
        self.early_custom = [jira.custom_fields(random, 10000, 10050) for _ in range(64)]
        self.late_custom = [jira.custom_fields(random, 10051, 10090) for _ in range(64)]

    def issue(self, number: int) -> str:
        pick = self.pick
        project_key, project = self.one(self.projects)
        key, identity = f"{project_key}-{number + 1}", 20000 + number
        status_number = int(pick() * len(self.statuses))
        created, updated = self.two_moments()
        is_done = jira.STATUSES[status_number][2] == "done"
        resolved = f'"{updated}"' if is_done else "null"
        creator = self.one(self.people)
        assignee = self.one(self.people) if pick() < 0.8 else "null"
        parent = f'"parent":{self.small_issue(project_key)},' if pick() < 0.35 else ""
        spent = int(pick() * 400) * 60
        progress = f'{{"progress":{spent},"total":{spent * 2},"percent":50}}'
        return "".join((
            '{"expand":"operations,versionedRepresentations,editmeta,changelog,renderedFields",'
            f'"id":"{identity}","self":"{API}/issue/{identity}","key":"{key}","fields":{{'
            f'"statuscategorychangedate":"{updated}","issuetype":{self.one(self.types)},{parent}'
            f'"components":{self.some(self.components, 3)},"timespent":{spent},"timeoriginalestimate":null,'
            f'"project":{project},"description":', self.document(4),
            f',"fixVersions":{self.some(self.versions, 2)},"aggregatetimespent":{spent},'
            '"resolution":', jira.RESOLUTION if is_done else "null",
            f',"timetracking":{{"timeSpentSeconds":{spent}}},"security":null,"attachment":',
            self.several(self.attachment, 0.1, 3),
            f',"aggregatetimeestimate":null,"resolutiondate":{resolved},"workratio":-1,'
            f'"summary":{self.one(self.summaries)},"issuerestriction":{{"issuerestrictions":{{}},'
            '"shouldDisplay":false},"lastViewed":null,'
            f'"watches":{{"self":"{API}/issue/{key}/watchers","watchCount":{int(pick() * 9)},"isWatching":false}},'
            f'"creator":{creator},"subtasks":', self.several(lambda: self.small_issue(project_key), 0.1, 4),
            f',"created":"{created}","reporter":', creator if pick() < 0.6 else self.one(self.people),
            f',"aggregateprogress":{progress},', self.one(self.early_custom),
            f',"customfield_10101":"0|i{number:05x}:","customfield_10102":{10 ** 18 + number},'
            f'"priority":{self.one(self.priorities)},"labels":{self.some(self.labels, 4)},"environment":null,'
            '"timeestimate":null,"aggregatetimeoriginalestimate":null,"versions":[],'
            '"duedate":', f'"{updated[:10]}"' if pick() < 0.3 else "null",
            f',"progress":{progress},', self.one(self.late_custom),
            ',"issuelinks":', self.several(lambda: self.link(project_key), 0.12, 3),
            f',"votes":{{"self":"{API}/issue/{key}/votes","votes":{int(pick() * 5)},"hasVoted":false}},'
            '"comment":{"comments":', self.several(lambda: self.comment(identity), 0.15, 4),
            f',"self":"{API}/issue/{identity}/comment","maxResults":5,"total":5,"startAt":0}},"assignee":', assignee,
            ',"worklog":{"startAt":0,"maxResults":20,"total":3,"worklogs":',
            self.several(lambda: self.work(identity), 0.08, 3),
            f'}},"updated":"{updated}","status":{self.statuses[status_number]}}}}}',
        ))

    def one(self, pool: list):
        return pool[int(self.pick() * len(pool))]

    def some(self, pool: list[str], most: int) -> str:
        return "[" + ",".join([self.one(pool) for _ in range(int(self.pick() * most))]) + "]"

    def several(self, make, share: float, most: int) -> str:
        """A list that only this share of all issues has something in."""
        if self.pick() >= share:
            return "[]"
        return "[" + ",".join([make() for _ in range(1 + int(self.pick() * most))]) + "]"

    def moment(self) -> str:
        return self.one(self.days) + self.one(self.times)

    def two_moments(self) -> tuple[str, str]:
        first = int(self.pick() * (DAYS - 1))
        second = first + 1 + int(self.pick() * (DAYS - 1 - first))
        return self.days[first] + self.one(self.times), self.days[second] + self.one(self.times)

    def document(self, most: int) -> str:
        """Rich text in Atlassian's document format."""
        blocks = []
        for _ in range(1 + int(self.pick() * most)):
            text = self.one(self.texts)
            kind = self.pick()
            if kind < 0.7:
                blocks.append(f'{{"type":"paragraph","content":[{{"type":"text","text":{text}}}]}}')
            elif kind < 0.85:
                blocks.append(
                    '{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":['
                    f'{{"type":"text","text":{text},"marks":[{{"type":"strong"}}]}},{{"type":"hardBreak"}},'
                    f'{{"type":"text","text":{self.one(self.texts)}}}]}}]}}]}}')
            else:
                blocks.append(
                    '{"type":"codeBlock","attrs":{"language":"json"},"content":'
                    f'[{{"type":"text","text":{text}}}]}}')
        return '{"type":"doc","version":1,"content":[' + ",".join(blocks) + "]}"

    def small_issue(self, project_key: str) -> str:
        """An issue as it is inside another one."""
        number = int(self.pick() * 100000)
        return (
            f'{{"id":"{number}","key":"{project_key}-{number}","self":"{API}/issue/{number}","fields":{{'
            f'"summary":{self.one(self.summaries)},"status":{self.one(self.statuses)},'
            f'"priority":{self.one(self.priorities)},"issuetype":{self.one(self.types)}}}}}')

    def link(self, project_key: str) -> str:
        number = int(self.pick() * 100000)
        side = "inwardIssue" if self.pick() < 0.5 else "outwardIssue"
        return (
            f'{{"id":"{number}","self":"{API}/issueLink/{number}","type":{self.one(self.link_types)},'
            f'"{side}":{self.small_issue(project_key)}}}')

    def comment(self, issue: int) -> str:
        number, author, moment = int(self.pick() * 10**6), self.one(self.people), self.moment()
        return (
            f'{{"self":"{API}/issue/{issue}/comment/{number}","id":"{number}","author":{author},'
            f'"body":{self.document(2)},"updateAuthor":{author},"created":"{moment}","updated":"{moment}",'
            '"jsdPublic":true}')

    def work(self, issue: int) -> str:
        number, author, moment = int(self.pick() * 10**6), self.one(self.people), self.moment()
        return (
            f'{{"self":"{API}/issue/{issue}/worklog/{number}","author":{author},"updateAuthor":{author},'
            f'"created":"{moment}","updated":"{moment}","started":"{moment}","timeSpent":"1h",'
            f'"timeSpentSeconds":{900 * (1 + int(self.pick() * 30))},"id":"{number}","issueId":"{issue}"}}')

    def attachment(self) -> str:
        number = int(self.pick() * 10**6)
        return (
            f'{{"self":"{API}/attachment/{number}","id":"{number}","filename":"screen shot ({number % 40}).png",'
            f'"author":{self.one(self.people)},"created":"{self.moment()}","size":{int(self.pick() * 10**7)},'
            f'"mimeType":"image/png","content":"{API}/attachment/content/{number}",'
            f'"thumbnail":"{API}/attachment/thumbnail/{number}"}}')
