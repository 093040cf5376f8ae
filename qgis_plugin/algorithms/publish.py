"""*Publish to NGSI-LD*: a package's entities to a broker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)

from ..addresses import has_secret, is_web_address
from ..credentials import naming
from ..engine import Message
from ..texts import tr
from .base import FileAlgorithm

PROFILES: Final = ("strict", "percent", "lax")


class PublishToNgsiLd(FileAlgorithm):
    """Has the engine publish."""

    def name(self) -> str:
        return "publishtongsild"

    def displayName(self) -> str:
        return tr("Publish to NGSI-LD")

    def shortDescription(self) -> str:
        return tr("Sends a package's entities to an NGSI-LD broker; running it again does no harm.")

    def tags(self) -> list[str]:
        return ["NGSI-LD", "broker", "FIWARE", "Orion", "digital twin", "smart data models"]

    def shortHelpString(self) -> str:
        return tr(
            "Sends the NGSI-LD entities of a package to a context broker. Entities that exist are "
            "updated; attributes that others wrote stay. Running it again does no harm.\n"
            "Package or file: a package with the format NGSI-LD (its folder or its package.json), "
            "or a file of entities.\n"
            "Broker: its address, such as https://broker.example.org. Passwords and keys never "
            "stand in it:\n"
            "Authentication: a configuration of QGIS's authentication manager.\n"
            "Rehearse: nothing is sent; it is told what would be.\n"
            "Texts with forbidden characters: NGSI-LD forbids < > \" ' = ; ( ) in texts. They "
            "become JsonProperties, are percent-encoded, or are kept for brokers that don't mind.\n"
            "Leave heights out: for brokers whose geo-queries mind them.\n"
            "Delete attributes that are gone: of our own attributes, those an entity no longer "
            "has.\n"
            "Delete entities that are gone: those whose features the package no longer has. It "
            "cannot be undone; rehearse first."
        )

    def initAlgorithm(self, configuration: Mapping[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        advanced = (
            QgsProcessingParameterEnum(
                "PROFILE",
                tr("Texts with forbidden characters"),
                [tr("become JsonProperties"), tr("are percent-encoded"), tr("are kept")],
                defaultValue=0,
            ),
            QgsProcessingParameterBoolean("FLAT", tr("Leave heights out"), False),
            QgsProcessingParameterBoolean(
                "CREATE_TENANT", tr("Create the tenant if there is none"), False
            ),
            QgsProcessingParameterBoolean(
                "DELETE_ATTRIBUTES", tr("Delete attributes that are gone"), False
            ),
            QgsProcessingParameterBoolean(
                "DELETE_ENTITIES", tr("Delete entities that are gone"), False
            ),
        )
        for one in advanced:
            one.setFlags(one.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        for one in (
            self.input_parameter(tr("Package or file")),
            QgsProcessingParameterString("BROKER", tr("Address of the broker")),
            QgsProcessingParameterAuthConfig("AUTHCFG", tr("Authentication"), optional=True),
            QgsProcessingParameterString("TENANT", tr("Tenant of the broker"), optional=True),
            QgsProcessingParameterBoolean("DRY_RUN", tr("Rehearse: send nothing"), False),
            *advanced,
        ):
            self.addParameter(one)
        for name, text in (
            ("ENTITIES", tr("Entities")),
            ("CREATED", tr("Entities created")),
            ("UPDATED", tr("Entities updated")),
            ("FAILED", tr("Entities that failed")),
            ("VANISHED", tr("Entities that are gone")),
            ("DELETED", tr("Entities deleted")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, text))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """An address of the web, without secrets."""
        right, text = super().checkParameterValues(parameters, context)
        if not right:
            return right, text
        broker = self.parameterAsString(parameters, "BROKER", context).strip()
        if not is_web_address(broker):
            return False, tr("An address begins with https:// or http://.")
        if has_secret(broker):
            wrong = tr(
                "A password or key in the address would be seen by others. Put it into a "
                "configuration of QGIS's authentication manager and choose that."
            )
            return False, wrong
        return True, ""

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Ask the engine."""
        flags = {
            "flat": "FLAT",
            "create_tenant": "CREATE_TENANT",
            "replace": "DELETE_ATTRIBUTES",
            "delete_vanished": "DELETE_ENTITIES",
            "dry_run": "DRY_RUN",
        }
        request: Message = {
            "type": "publish",
            "path": self.input_path(parameters, context),
            "url": self.parameterAsString(parameters, "BROKER", context).strip(),
            "profile": PROFILES[self.parameterAsEnum(parameters, "PROFILE", context)],
            **{
                name: self.parameterAsBoolean(parameters, parameter, context)
                for name, parameter in flags.items()
            },
        }
        tenant = self.parameterAsString(parameters, "TENANT", context).strip()
        authcfg = self.parameterAsString(parameters, "AUTHCFG", context)
        request.update({"tenant": tenant} if tenant else {})
        request.update(naming(authcfg))
        result = self.ask(request, feedback)
        if result["entities"] and result["failed"] == result["entities"]:
            raise QgsProcessingException(tr("The broker took none of the entities."))
        names = ("entities", "created", "updated", "failed", "vanished", "deleted")
        return {name.upper(): result[name] for name in names}
