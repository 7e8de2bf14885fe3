"""Findings → RDF: the only place that makes IRIs and literals."""

from __future__ import annotations

from rdflib import Namespace

#: Classes and properties of the ontology.
DG = Namespace("https://w3id.org/diplograph/ontology#")
#: Things: ``state/KZ``, ``official/…``, ``meeting/…``.
DGID = Namespace("https://w3id.org/diplograph/id/")
