"""How a graph is asked in SPARQL.

    questions, names → judge → engine ⇄ worker → results
    a text to ask     refuse   process    evaluate   terms, formats

The worker is a process that holds one graph; each query runs in a fork of it, which can open no file and no socket
and which the kernel ends when its time is over.
"""

from types import MappingProxyType

#: Every query may use these without declaring them.
PREFIXES = MappingProxyType(
    {
        "dg": "https://w3id.org/diplograph/ontology#",
        "dgid": "https://w3id.org/diplograph/id/",
        "dcterms": "http://purl.org/dc/terms/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
