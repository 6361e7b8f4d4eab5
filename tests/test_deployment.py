"""The image and the examples for Kubernetes: valid, and true to what the command line takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml

import thoth_storages
from thoth_storages.cli import main
from thoth_storages.cli.help import variables
from thoth_storages.doctor import known_checks

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
# The oldest and the newest that are looked at; the schemas come with the package.
VERSIONS = ["1.31", kubernetes_validate.latest_version()]

Resource = dict[str, Any]


def resources() -> Iterator[Resource]:
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")):
        yield from yaml.safe_load_all(path.read_text(encoding="utf-8"))


def pods(resource: Resource) -> Iterator[Resource]:
    """The specifications of the pods that a resource makes."""
    if resource["kind"] == "CronJob":
        resource = resource["spec"]["jobTemplate"]
    if "template" in resource.get("spec", {}):
        yield resource["spec"]["template"]["spec"]


def title(resource: Resource) -> str:
    return f"{resource['kind']} {resource['metadata']['name']}"


RESOURCES = {title(resource): resource for resource in resources()}
PODS = {name: pod for name, resource in RESOURCES.items() for pod in pods(resource)}
CONTAINERS = {name: container for name, pod in PODS.items() for container in pod["containers"]}


def parse(words: list[str]) -> None:
    """Read words as the command line does, and run nothing; raises click's errors for what it wouldn't take."""
    context = click.Context(main)
    for number, word in enumerate(words, 1):
        assert isinstance(context.command, click.Group)
        command = context.command.get_command(context, word)
        if command is None:
            raise click.UsageError(f"There is no command {word!r}")
        if not isinstance(command, click.Group):
            command.make_context(word, words[number:], parent=context)
            return
        context = click.Context(command, context)


class TestTheExamples:
    def test_are_what_a_deployment_needs(self) -> None:
        assert set(RESOURCES) == {
            "ConfigMap thoth-storages",
            "Secret thoth-storages",
            "Job thoth-storages-migrate",
            "CronJob thoth-storages-sync",
            "CronJob thoth-storages-backup",
            "CronJob thoth-storages-doctor",
            "Deployment thoth-storages-metrics",
            "Service thoth-storages-metrics",
        }

    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("name", RESOURCES)
    def test_are_valid(self, name: str, version: str) -> None:
        kubernetes_validate.validate(RESOURCES[name], version, strict=True)

    def test_would_not_be_with_a_misspelt_field(self) -> None:
        wrong = {**RESOURCES["Service thoth-storages-metrics"], "sepc": {}}
        with pytest.raises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)

    def test_are_all_in_the_readme(self) -> None:
        named = set(re.findall(r"^\| `([\w-]+\.yaml)`", (DEPLOY / "README.md").read_text(), re.MULTILINE))
        assert named == {path.name for path in (DEPLOY / "kubernetes").iterdir()}

    @pytest.mark.parametrize("name", CONTAINERS)
    def test_call_commands_that_are_there(self, name: str) -> None:
        parse(CONTAINERS[name]["args"])

    @pytest.mark.parametrize("words", [["sync", "--gracefully"], ["backup", "make"]])
    def test_would_not_with_another_word(self, words: list[str]) -> None:
        with pytest.raises(click.UsageError):
            parse(words)

    @pytest.mark.parametrize(("name", "field"), [("ConfigMap", "data"), ("Secret", "stringData")])
    def test_set_variables_that_are_read(self, name: str, field: str) -> None:
        known = {variable.name for of_title in variables().values() for variable in of_title}
        assert set(RESOURCES[f"{name} thoth-storages"][field]) <= known

    def test_keep_what_is_secret_out_of_the_configuration(self) -> None:
        secret = re.compile("PASSWORD|SECRET|KEY_ID")
        assert not any(map(secret.search, RESOURCES["ConfigMap thoth-storages"]["data"]))

    @pytest.mark.parametrize("name", CONTAINERS)
    def test_read_both_from_the_environment(self, name: str) -> None:
        assert CONTAINERS[name]["envFrom"] == [
            {"configMapRef": {"name": "thoth-storages"}},
            {"secretRef": {"name": "thoth-storages"}},
        ]

    @pytest.mark.parametrize("name", CONTAINERS)
    def test_run_the_image_of_this_version_without_rights(self, name: str) -> None:
        container, pod = CONTAINERS[name], PODS[name]
        assert container["image"].endswith(f"/thoth-storages:{thoth_storages.__version__}")
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert set(container["resources"]["requests"]) == {"cpu", "memory"}

    @pytest.mark.parametrize("name", [name for name in RESOURCES if name.startswith("CronJob")])
    def test_never_run_one_job_twice_at_a_time(self, name: str) -> None:
        assert RESOURCES[name]["spec"]["concurrencyPolicy"] == "Forbid"


class TestTheMetrics:
    container = CONTAINERS["Deployment thoth-storages-metrics"]

    def test_listen_where_the_service_asks(self) -> None:
        (port,) = self.container["ports"]
        assert self.container["args"][-1] == f":{port['containerPort']}"
        service = RESOURCES["Service thoth-storages-metrics"]
        assert service["metadata"]["annotations"]["prometheus.io/port"] == str(port["containerPort"])
        assert [each["targetPort"] for each in service["spec"]["ports"]] == [port["name"]]
        deployment = RESOURCES["Deployment thoth-storages-metrics"]
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        assert deployment["spec"]["selector"]["matchLabels"] == service["spec"]["selector"] == labels

    @pytest.mark.parametrize("probe", ["startupProbe", "livenessProbe"])
    def test_are_alive_whatever_the_database_is(self, probe: str) -> None:
        assert self.container[probe]["httpGet"]["path"] == "/healthz"

    def test_are_ready_when_the_doctor_says_so(self) -> None:
        program, *words = self.container["readinessProbe"]["exec"]["command"]
        assert program == "thoth-storages"
        parse(words)
        assert set(words[1:]) <= set(known_checks())


class TestTheImage:
    def test_is_small_and_of_a_known_release(self) -> None:
        bases = re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE)
        assert len(bases) == 2
        assert all(re.fullmatch(r"docker\.io/library/python:3\.\d+-slim", base) for base in bases)

    def test_runs_without_root(self) -> None:
        (user,) = re.findall(r"^USER (\d+):\d+$", CONTAINERFILE, re.MULTILINE)
        assert int(user) > 0

    def test_is_the_command(self) -> None:
        assert 'ENTRYPOINT ["thoth-storages"]' in CONTAINERFILE

    def test_copies_what_is_there(self) -> None:
        copied = re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINERFILE, re.MULTILINE)
        assert all((DEPLOY.parent / name).exists() for names in copied for name in names.split())
