KILL QUERY {connection}
